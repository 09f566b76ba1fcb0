import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DirectoryRig, GROUP, patch, startDirectory, USER } from './directory-rig.ts'

// The requests that directories really send, in their order and with their habits:
// https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
// https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
// https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20/

let rig: DirectoryRig
beforeEach(async () => {
  rig = await startDirectory()
})
afterEach(() => rig.close())

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const find = (kind: string, filter: string, more = '') =>
  rig.scim('GET', `/${kind}?${more}filter=${encodeURIComponent(filter)}`)
const personOf = async (id: string) => (await rig.deps.store.people.find([id]))[0]
const addresses = async (id: string) =>
  (await personOf(id))?.contactPoints.map(({ kind, address }) => `${kind} ${address}`).sort()

describe('Entra ID', () => {
  it('connects, pushes a person, changes, disables, enables and deletes them', async () => {
    const probe = await find('Users', 'userName eq "0b7a1a4e-2f0d-4d21-9f0e-1a2b3c4d5e6f"')
    expect([probe.status, probe.body.totalResults, probe.body.Resources]).toEqual([200, 0, []])
    const made = await rig.scim('POST', '/Users', {
      schemas: [USER, ENTERPRISE],
      externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
      userName: 'amira.ward@example.org',
      active: true,
      displayName: 'Amira Ward',
      emails: [{ primary: true, type: 'work', value: 'amira.ward@example.org' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'Amira Ward', familyName: 'Ward', givenName: 'Amira' },
      roles: [],
      [ENTERPRISE]: { department: 'Harbour', employeeNumber: '17' },
    })
    expect(made.status).toBe(201)
    const { id } = made.body
    expect((await find('Users', 'userName eq "amira.ward@example.org"')).body.Resources[0]?.id).toBe(id)
    const changed = await rig.scim(
      'PATCH',
      `/Users/${id}`,
      patch(
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'a.ward@example.org' },
        { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+44 7700 900101' },
        { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: '+442079460018' },
        { op: 'Replace', path: 'name.familyName', value: 'Ward-Holt' },
        { op: 'Replace', path: 'displayName', value: 'Amira Ward-Holt' },
        { op: 'Add', path: 'preferredLanguage', value: 'de-DE' },
        { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'another-id' },
        { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Quay' },
        { op: 'Add', path: 'title', value: 'Harbour master' },
        { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Lisbon' },
      ),
    )
    expect(changed.status).toBe(200)
    expect(changed.body.emails).toEqual([{ primary: true, type: 'work', value: 'a.ward@example.org' }])
    expect(await personOf(id)).toMatchObject({ name: 'Amira Ward-Holt', language: 'de', duty: null })
    expect(await addresses(id)).toEqual([
      'email a.ward@example.org',
      'sms +447700900101',
      'voice +442079460018',
      'voice +447700900101',
    ])
    const off = await rig.scim('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'active', value: 'False' }))
    expect([off.status, off.body.active]).toEqual([200, false])
    expect(await personOf(id)).toBeUndefined()
    expect((await rig.scim('GET', `/Users/${id}`)).body.active).toBe(false)
    const on = await rig.scim('PATCH', `/Users/${id}`, patch({ op: 'Add', path: 'active', value: 'True' }))
    expect(on.body.active).toBe(true)
    expect((await personOf(id))?.externalId).toBe('0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef')
    expect((await rig.scim('DELETE', `/Users/${id}`)).status).toBe(204)
  })

  it('sends several attributes in the value of one operation without a path', async () => {
    const { id } = await rig.push('Amira Ward')
    const changed = await rig.scim(
      'PATCH',
      `/Users/${id}`,
      patch({
        op: 'replace',
        value: {
          displayName: 'Amira Holt',
          'name.givenName': 'Amira',
          'emails[type eq "work"].value': 'amira.holt@example.org',
          [`${ENTERPRISE}:department`]: 'Quay',
          [ENTERPRISE]: { manager: { value: 'x' } },
          unheardOf: 'y',
          active: 'True',
        },
      }),
    )
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({ displayName: 'Amira Holt', name: { givenName: 'Amira' }, active: true })
    expect(await addresses(id)).toEqual(['email amira.holt@example.org'])
  })

  it('fills and empties a group, naming the members to remove in the value or in the path', async () => {
    const [amira, ben, cleo] = [await rig.push('Amira Ward'), await rig.push('Ben Holt'), await rig.push('Cleo Marsh')]
    expect((await find('Groups', 'displayName eq "Wardens"', 'excludedAttributes=members&')).body.totalResults).toBe(0)
    const made = await rig.scim('POST', '/Groups', {
      schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'Wardens',
      meta: { resourceType: 'Group' },
    })
    const group = `/Groups/${made.body.id}`
    const send = (...operations: Record<string, unknown>[]) => rig.scim('PATCH', group, patch(...operations))
    const added = [amira, ben, cleo].map(({ id }) => ({ $ref: null, value: id }))
    expect((await send({ op: 'Add', path: 'members', value: added })).status).toBe(200)
    expect((await send({ op: 'Add', path: 'members', value: added })).status).toBe(200)
    const inIt = async () => (await rig.scim('GET', group)).body.members
    expect(await inIt()).toHaveLength(3)
    await send({ op: 'Remove', path: 'members', value: [{ $ref: null, value: ben.id }] })
    await send({ op: 'Remove', path: `members[value eq "${cleo.id}"]` })
    expect(await inIt()).toEqual([{ value: amira.id, display: 'amira@example.org' }])
    expect((await personOf(cleo.id))?.groups).toEqual([])
    await send({ op: 'Remove', path: 'members' })
    expect(await inIt()).toBeUndefined()
    await send({ op: 'Replace', path: 'displayName', value: 'Marshals' })
    expect((await find('Groups', 'displayName eq "Marshals"')).body.totalResults).toBe(1)
  })
})

describe('Okta', () => {
  it('tests the connection, imports, replaces the whole person, deactivates and reactivates them', async () => {
    const test = await rig.scim('GET', '/Users?startIndex=1&count=2')
    expect(test.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    })
    expect(
      (await find('Users', 'userName eq "ben.holt@example.org"', 'startIndex=1&count=100&')).body.totalResults,
    ).toBe(0)
    const user = {
      schemas: [USER],
      userName: 'ben.holt@example.org',
      name: { givenName: 'Ben', familyName: 'Holt' },
      emails: [{ primary: true, value: 'ben.holt@example.org', type: 'work', display: 'ben.holt@example.org' }],
      displayName: 'Ben Holt',
      locale: 'en_US',
      externalId: '00ujl29u0le5T6Aj10h7',
      groups: [],
      password: 'not-kept-anywhere',
      active: true,
    }
    const made = await rig.scim('POST', '/Users', user, { 'content-type': 'application/scim+json; charset=utf-8' })
    expect(made.status).toBe(201)
    expect(JSON.stringify(made.body)).not.toContain('not-kept-anywhere')
    const { id } = made.body
    const phoneNumbers = [{ value: '+1 202 555 0101', type: 'mobile', primary: true }]
    const put = await rig.scim('PUT', `/Users/${id}`, { ...user, id, meta: { resourceType: 'User' }, phoneNumbers })
    expect(put.status).toBe(200)
    expect(await addresses(id)).toEqual(['email ben.holt@example.org', 'sms +12025550101', 'voice +12025550101'])
    const off = await rig.scim('PATCH', `/Users/${id}`, patch({ op: 'replace', value: { active: false } }))
    expect([off.status, off.body.active]).toEqual([200, false])
    expect(await personOf(id)).toBeUndefined()
    const on = await rig.scim('PUT', `/Users/${id}`, { ...user, phoneNumbers, active: true })
    expect([on.status, on.body.active]).toEqual([200, true])
    expect((await personOf(id))?.contactPoints).toHaveLength(3)
  })

  it('pushes a group with all its members, renames it and changes who is in it', async () => {
    const [amira, ben] = [await rig.push('Amira Ward'), await rig.push('Ben Holt')]
    const members = [{ value: amira.id, display: 'amira@example.org' }]
    const { body } = await rig.scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Wardens', members })
    const send = (...operations: Record<string, unknown>[]) =>
      rig.scim('PATCH', `/Groups/${body.id}`, patch(...operations))
    await send({ op: 'replace', value: { id: body.id, displayName: 'Marshals' } })
    expect((await personOf(amira.id))?.groups).toEqual(['Marshals'])
    await send(
      { op: 'remove', path: `members[value eq "${amira.id}"]` },
      { op: 'add', path: 'members', value: [{ value: ben.id, display: 'ben@example.org' }] },
    )
    expect([(await personOf(amira.id))?.groups, (await personOf(ben.id))?.groups]).toEqual([[], ['Marshals']])
    await send({ op: 'replace', path: 'members', value: members })
    expect((await rig.scim('GET', `/Groups/${body.id}`)).body.members).toEqual([
      { value: amira.id, display: 'amira@example.org' },
    ])
  })
})

describe('an operation that cannot be carried out', () => {
  it.each([
    [{ op: 'move', path: 'displayName', value: 'x' }, 'invalidSyntax'],
    [{ op: 'remove' }, 'noTarget'],
    [{ op: 'replace', path: 'shoeSize', value: '4' }, 'invalidPath'],
    [{ op: 'replace', path: 'emails[type eq "work"', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 'emails[shoe eq "work"].value', value: 'x' }, 'invalidFilter'],
    [{ op: 'replace', path: 'emails[value co "q"].value', value: 'a@example.org' }, 'noTarget'],
    [{ op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    [{ op: 'replace', path: 'groups', value: [] }, 'mutability'],
    [{ op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    [{ op: 'remove', path: 'userName' }, 'invalidValue'],
    [{ op: 'replace', value: 'x' }, 'invalidValue'],
    [{ op: 'replace', path: 'displayName', value: { a: 1 } }, 'invalidValue'],
  ])('%j is refused as %s, together with what came before it', async (operation, scimType) => {
    const { id } = await rig.push('Amira Ward')
    const first = { op: 'replace', path: 'displayName', value: 'Somebody Else' }
    const refused = await rig.scim('PATCH', `/Users/${id}`, patch(first, operation))
    expect([refused.status, refused.body.scimType]).toEqual([400, scimType])
    expect((await personOf(id))?.name).toBe('Amira Ward')
  })
})
