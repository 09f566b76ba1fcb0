import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DirectoryRig, patch, startDirectory, USER } from './directory-rig.ts'

let rig: DirectoryRig
beforeEach(async () => {
  rig = await startDirectory()
})
afterEach(() => rig.close())

const people = () => rig.deps.store.people.all()
const find = (filter: string) => rig.scim('GET', `/Users?filter=${encodeURIComponent(filter)}`)
const points = async (id: string) => (await rig.deps.store.people.find([id]))[0]?.contactPoints ?? []
const addresses = async (id: string) => (await points(id)).map(({ kind, address }) => `${kind} ${address}`)

const AMIRA = {
  schemas: [USER, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  externalId: 'E-17',
  userName: 'Amira.Ward@example.org',
  name: { formatted: 'Amira Ward', givenName: 'Amira', familyName: 'Ward' },
  preferredLanguage: 'fr-FR',
  timezone: 'Europe/Paris',
  active: true,
  title: 'Harbour master',
  roles: [{ value: 'commander', primary: true }],
  emails: [{ type: 'work', value: 'amira.ward@example.org', primary: true }],
  phoneNumbers: [
    { type: 'mobile', value: '+44 7700 900101' },
    { type: 'work', value: '020 7946 0018 ext. 12' },
    { type: 'fax', value: '+442079460019' },
  ],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Harbour', manager: { value: 'x' } },
}

describe('a person whom a directory pushes', () => {
  it('can be reached on every way that the directory knows, and by no fax', async () => {
    const { status, body, headers } = await rig.scim('POST', '/Users', AMIRA)
    expect(status).toBe(201)
    expect(headers.get('content-type')).toMatch(/^application\/scim\+json/)
    expect(headers.get('location')).toBe(`https://alerts.example.org/scim/v2/Users/${body.id}`)
    expect(headers.get('etag')).toBe('W/"1"')
    expect(body).toMatchObject({ userName: 'Amira.Ward@example.org', active: true, externalId: 'E-17' })
    const [person] = await people()
    expect(person).toMatchObject({
      id: body.id,
      name: 'Amira Ward',
      externalId: 'E-17',
      language: 'fr',
      timeZone: 'Europe/Paris',
      duty: null,
    })
    expect((await points(body.id)).map(({ kind, address, extension }) => [kind, address, extension])).toEqual([
      ['sms', '+447700900101', null],
      ['voice', '+447700900101', null],
      ['voice', '+442079460018', '12'],
      ['email', 'amira.ward@example.org', null],
    ])
  })

  it('gets no right to raise an alert or to sign in, whatever the directory says', async () => {
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    const to = patch({ op: 'add', path: 'roles', value: [{ value: 'commander' }] })
    expect((await rig.scim('PATCH', `/Users/${body.id}`, to)).status).toBe(200)
    const { items } = await rig.deps.store.access.accounts({ cursor: null, limit: 10 }, rig.clock.now())
    expect(items).toEqual([])
  })

  it('is refused with the name of the field when a number cannot be dialled, and nothing is changed', async () => {
    for (const value of ['4.477E+11', '999', '12']) {
      const phoneNumbers = [{ type: 'mobile', value }]
      const refused = await rig.scim('POST', '/Users', { ...AMIRA, phoneNumbers })
      expect(refused.status).toBe(400)
      expect(refused.body).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '400',
        scimType: 'invalidValue',
      })
      expect(refused.body.detail).toContain('phoneNumbers[type eq "mobile"].value')
    }
    expect(await people()).toEqual([])
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    const before = await people()
    const to = patch(
      { op: 'replace', path: 'displayName', value: 'Somebody Else' },
      { op: 'replace', path: 'phoneNumbers[type eq "mobile"].value', value: '112' },
    )
    expect((await rig.scim('PATCH', `/Users/${body.id}`, to)).status).toBe(400)
    expect(await people()).toEqual(before)
    expect((await rig.scim('GET', `/Users/${body.id}`)).body.displayName).toBeUndefined()
  })

  it('is there once: a second one of the same name or id is refused as not unique, in whatever case it is written', async () => {
    await rig.scim('POST', '/Users', AMIRA)
    const same = await rig.scim('POST', '/Users', { ...AMIRA, userName: 'AMIRA.WARD@EXAMPLE.ORG', externalId: 'E-18' })
    expect([same.status, same.body.scimType]).toEqual([409, 'uniqueness'])
    const other = await rig.scim('POST', '/Users', { ...AMIRA, userName: 'another@example.org' })
    expect([other.status, other.body.scimType]).toEqual([409, 'uniqueness'])
    const twice = [1, 2].map(() => rig.scim('POST', '/Users', { userName: 'ben@example.org' }))
    const statuses = (await Promise.all(twice)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([201, 409])
    expect(await people()).toHaveLength(2)
  })

  it('is the person of a file with the same external id, or with the same name and number', async () => {
    await rig.importPeople(
      'id,name,mobile\nE-17,Amira Ward,+447700900150\n,Ben Holt,+447700900102\n,Cleo Marsh,+447700900103',
    )
    const before = await people()
    const amira = await rig.scim('POST', '/Users', AMIRA)
    const ben = await rig.push('Ben Holt', { phoneNumbers: [{ type: 'mobile', value: '+447700900102' }] })
    const other = await rig.push('Dora Finch', { phoneNumbers: [{ type: 'mobile', value: '+447700900103' }] })
    expect(await people()).toHaveLength(4)
    const idOf = (name: string) => before.find((person) => person.name === name)?.id
    expect([amira.body.id, ben.id]).toEqual([idOf('Amira Ward'), idOf('Ben Holt')])
    expect(other.id).not.toBe(idOf('Cleo Marsh'))
    expect(await addresses(amira.body.id)).toEqual(
      expect.arrayContaining(['sms +447700900150', 'sms +447700900101', 'email amira.ward@example.org']),
    )
  })
})

describe('what people added themselves', () => {
  it('stays when the directory replaces the person, and its own old number goes', async () => {
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    const [person] = await people()
    const typed = [...(person?.contactPoints ?? []), { kind: 'sms', address: '+447700900177' }]
    const json = { duty: 'fire warden', contactPoints: typed.map(({ kind, address }) => ({ kind, address })) }
    const own = await rig.ask(`/api/v1/people/${body.id}`, { method: 'PATCH', json })
    expect(own.status).toBe(200)
    const phoneNumbers = [{ type: 'mobile', value: '+447700900120' }]
    expect((await rig.scim('PUT', `/Users/${body.id}`, { ...AMIRA, phoneNumbers })).status).toBe(200)
    const now = await addresses(body.id)
    expect(now).toEqual(expect.arrayContaining(['sms +447700900177', 'sms +447700900120', 'voice +447700900120']))
    expect(now).not.toContain('sms +447700900101')
    expect((await people())[0]?.duty).toBe('fire warden')
  })

  it('stays also when the directory brought the same number later and takes it back', async () => {
    await rig.importPeople('id,name,mobile\nE-17,Amira Ward,+447700900101')
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    const phoneNumbers = [{ type: 'mobile', value: '+447700900120' }]
    await rig.scim('PUT', `/Users/${body.id}`, { ...AMIRA, phoneNumbers })
    expect(await addresses(body.id)).toEqual(expect.arrayContaining(['sms +447700900101', 'sms +447700900120']))
  })

  it('is not overwritten by a directory that says nothing new about it', async () => {
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    await rig.ask(`/api/v1/people/${body.id}`, { method: 'PATCH', json: { language: 'de', name: 'Amira Ward-Holt' } })
    const emails = [{ type: 'work', value: 'a.ward@example.org' }]
    await rig.scim('PUT', `/Users/${body.id}`, { ...AMIRA, emails })
    expect((await people())[0]).toMatchObject({ language: 'de', name: 'Amira Ward-Holt' })
  })

  it('leaves everybody reachable when a mapping is lost and all numbers and addresses come empty', async () => {
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    const before = await addresses(body.id)
    const { phoneNumbers: _, emails: __, ...bare } = AMIRA
    const answer = await rig.scim('PUT', `/Users/${body.id}`, { ...bare, phoneNumbers: [] })
    expect([answer.status, answer.body.phoneNumbers, answer.body.emails]).toEqual([200, undefined, undefined])
    expect(await addresses(body.id)).toEqual(before)
  })
})

describe('a directory that looks before it writes', () => {
  it('finds people by what it knows of them, without regard to case where names have none', async () => {
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    await rig.push('Ben Holt', { emails: [{ type: 'home', value: 'ben@example.com' }] })
    const finds = async (filter: string) => (await find(filter)).body.Resources.map(({ id }) => id)
    for (const filter of [
      'userName eq "amira.ward@example.org"',
      'externalId eq "E-17"',
      `id eq "${body.id}"`,
      'emails[type eq "work"].value eq "AMIRA.WARD@example.org"',
      'emails.value co "ward"',
      'emails co "ward"',
      `${USER}:userName sw "amira"`,
      'name.familyName eq "ward" and active eq true',
      'not (displayName pr) and active eq "True"',
      '(userName eq "nobody" or externalId pr) and phoneNumbers[type eq "mobile" and value ew "101"]',
      'meta.created gt "2001-01-01T00:00:00Z" and userName lt "b"',
    ]) {
      expect([filter, await finds(filter)]).toEqual([filter, [body.id]])
    }
    expect(await finds('externalId eq "e-17"')).toEqual([])
    expect(await finds('userName eq "nobody@example.org"')).toEqual([])
  })

  it('is told of a filter that is not understood instead of being shown nobody', async () => {
    const quote = `userName eq "${'\n'.repeat(60)}`
    for (const filter of [
      'userName',
      'userName eq',
      'shoeSize eq 4',
      'active gt true',
      'userName eq 3',
      'a b c',
      quote,
      'userName eq "x" garbage',
      `${'('.repeat(500)}userName pr${')'.repeat(500)}`,
      'meta.created gt "soon"',
      'emails[shoe eq "x"]',
      'name eq "Amira"',
      'userName xx "y"',
    ]) {
      const { status, body } = await find(filter)
      expect([filter, status, body.scimType]).toEqual([filter, 400, 'invalidFilter'])
    }
  })

  it('turns pages that miss nobody and count everybody', async () => {
    for (const name of ['Eve', 'Ada', 'Dan', 'Bo', 'Cy']) await rig.push(name)
    const seen: unknown[] = []
    for (const startIndex of [1, 3, 5, 7]) {
      const { body } = await rig.scim('GET', `/Users?startIndex=${startIndex}&count=2`)
      expect(body).toMatchObject({ totalResults: 5, startIndex, itemsPerPage: body.Resources.length })
      seen.push(...body.Resources.map((user) => user.userName))
    }
    expect(seen.sort()).toEqual(['ada', 'bo', 'cy', 'dan', 'eve'].map((name) => `${name}@example.org`))
    const none = await rig.scim('GET', '/Users?startIndex=0&count=0')
    expect(none.body).toMatchObject({ totalResults: 5, startIndex: 1, itemsPerPage: 0, Resources: [] })
    const sorted = await rig.scim('GET', '/Users?sortBy=displayName&sortOrder=descending&count=2&startIndex=2')
    expect(sorted.body.Resources.map((user) => user.displayName)).toEqual(['Dan', 'Cy'])
    const some = await rig.scim('GET', `/Users?count=1&startIndex=2&filter=${encodeURIComponent('userName co "a"')}`)
    expect(some.body).toMatchObject({ totalResults: 5, itemsPerPage: 1 })
    expect((await rig.scim('GET', '/Users?count=x')).status).toBe(400)
  })

  it('gets only the attributes that it asked for', async () => {
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    const one = await rig.scim('GET', `/Users/${body.id}?attributes=userName,name.givenName`)
    expect(one.body).toEqual({
      schemas: [USER],
      id: body.id,
      userName: 'Amira.Ward@example.org',
      name: { givenName: 'Amira' },
    })
    const rest = await rig.scim('GET', `/Users/${body.id}?excludedAttributes=emails.value,${USER}:phoneNumbers,id`)
    expect(rest.body).toMatchObject({ id: body.id, emails: [{ type: 'work', primary: true }] })
    expect(rest.body.phoneNumbers).toBeUndefined()
  })

  it('overwrites nothing that has changed since it looked', async () => {
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    const to = patch({ op: 'replace', path: 'timezone', value: 'Europe/Berlin' })
    const first = await rig.scim('PATCH', `/Users/${body.id}`, to, { 'if-match': 'W/"1"' })
    expect([first.status, first.headers.get('etag')]).toEqual([200, 'W/"2"'])
    const late = await rig.scim('PUT', `/Users/${body.id}`, AMIRA, { 'if-match': 'W/"1"' })
    expect([late.status, late.body.status]).toEqual([412, '412'])
    expect((await rig.scim('DELETE', `/Users/${body.id}`, undefined, { 'if-match': 'W/"1"' })).status).toBe(412)
    const cached = await rig.scim('GET', `/Users/${body.id}`, undefined, { 'if-none-match': 'W/"2"' })
    expect(cached.status).toBe(304)
    const again = await rig.scim('PATCH', `/Users/${body.id}`, to)
    expect(again.headers.get('etag')).toBe('W/"2"')
  })
})

describe('what a directory may not do', () => {
  it('everything but push people: its key opens no other door', async () => {
    const key = await rig.key('directory')
    for (const path of ['/api/v1/people', '/api/v1/alerts', '/api/v1/keys', '/api/v1/people/removals']) {
      expect([path, (await rig.ask(path, { as: key })).status]).toEqual([path, 403])
    }
    const invited = await rig.ask('/api/v1/accounts/invitations', {
      method: 'POST',
      as: rig.administrator,
      json: { name: 'Amira Ward', role: 'directory' },
    })
    expect(invited.status).toBe(422)
  })

  it('and is answered in its own form also where it is not let in', async () => {
    const stranger = await rig.ask('/scim/v2/Users', { as: '' })
    expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(stranger.headers.get('content-type')).toMatch(/^application\/scim\+json/)
    expect(await stranger.json()).toMatchObject({ status: '401', detail: expect.any(String) })
    expect((await rig.scim('GET', '/Users/nobody')).body).toMatchObject({ status: '404' })
    expect((await rig.scim('GET', '/Bulk')).body).toMatchObject({ status: '404' })
    const large = await rig.scim('POST', '/Users', { userName: 'x'.repeat(1_100_000) })
    expect([large.status, large.body.status]).toEqual([413, '413'])
  })

  it('write outside of the resource by names that mean something to the machine', async () => {
    const { body } = await rig.scim('POST', '/Users', AMIRA)
    const value = JSON.parse('{"__proto__":{"polluted":true},"constructor.prototype.polluted":true}')
    for (const operation of [
      { op: 'add', value },
      { op: 'add', path: '__proto__.polluted', value: true },
      { op: 'add', path: 'constructor.prototype.polluted', value: true },
    ]) {
      await rig.scim('PATCH', `/Users/${body.id}`, patch(operation))
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    }
  })
})

describe('what this service says of itself', () => {
  it('is what a directory asks for when it is set up', async () => {
    const config = await rig.scim('GET', '/ServiceProviderConfig')
    expect(config.body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      etag: { supported: true },
    })
    const types = await rig.scim('GET', '/ResourceTypes')
    expect(types.body.Resources.map(({ id, endpoint }) => [id, endpoint])).toEqual([
      ['User', '/Users'],
      ['Group', '/Groups'],
    ])
    const schemas = await rig.scim('GET', '/Schemas')
    expect(schemas.body.Resources.map(({ id }) => id)).toContain(USER)
    expect((await rig.scim('GET', `/Schemas/${USER}`)).body.attributes).toContainEqual(
      expect.objectContaining({ name: 'userName', required: true, uniqueness: 'server' }),
    )
    expect((await rig.scim('GET', '/ResourceTypes/Printer')).status).toBe(404)
  })
})
