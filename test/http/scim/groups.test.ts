import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DirectoryRig, GROUP, patch, startDirectory } from './directory-rig.ts'

let rig: DirectoryRig
let amira: string
let ben: string
beforeEach(async () => {
  rig = await startDirectory()
  amira = (await rig.push('Amira Ward')).id
  ben = (await rig.push('Ben Holt')).id
})
afterEach(() => rig.close())

const groupsOf = async (id: string) => (await rig.deps.store.people.find([id]))[0]?.groups
const make = async (displayName: string, ...members: string[]) => {
  const body = { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) }
  return (await rig.scim('POST', '/Groups', body)).body.id
}

describe('a group of a directory', () => {
  it('is the group of the people in it, and goes with its name', async () => {
    const made = await rig.scim('POST', '/Groups', {
      schemas: [GROUP],
      displayName: 'Wardens',
      externalId: 'G-1',
      members: [{ value: amira, display: 'whoever' }],
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      displayName: 'Wardens',
      members: [{ value: amira, display: 'amira@example.org' }],
    })
    expect([await groupsOf(amira), await groupsOf(ben)]).toEqual([['Wardens'], []])
    const { id } = made.body
    const renamed = await rig.scim(
      'PATCH',
      `/Groups/${id}`,
      patch({ op: 'Replace', path: 'displayName', value: 'Marshals' }),
    )
    expect([renamed.status, renamed.headers.get('etag')]).toEqual([200, 'W/"2"'])
    expect(await groupsOf(amira)).toEqual(['Marshals'])
    expect((await rig.scim('GET', `/Users/${amira}`)).body.groups).toEqual([{ value: id, display: 'Marshals' }])
    expect((await rig.scim('DELETE', `/Groups/${id}`)).status).toBe(204)
    expect(await groupsOf(amira)).toEqual([])
    expect((await rig.scim('GET', `/Groups/${id}`)).status).toBe(404)
    expect((await rig.scim('GET', `/Users/${amira}`)).status).toBe(200)
  })

  it('is not there twice, and holds nobody whom the directory does not have', async () => {
    await make('Wardens')
    const twice = await rig.scim('POST', '/Groups', { displayName: 'wardens' })
    expect([twice.status, twice.body.scimType]).toEqual([409, 'uniqueness'])
    await rig.importPeople('name,mobile\nCleo Marsh,+447700900103')
    const cleo = (await rig.deps.store.people.all()).find(({ name }) => name === 'Cleo Marsh')?.id
    for (const value of ['nobody', cleo]) {
      const refused = await rig.scim('POST', '/Groups', { displayName: 'Others', members: [{ value }] })
      expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidValue'])
    }
    expect((await rig.scim('GET', '/Groups')).body.totalResults).toBe(1)
  })

  it('leaves the groups alone that a file or a person gave', async () => {
    await rig.ask(`/api/v1/people/${amira}`, { method: 'PATCH', json: { groups: ['Night shift'] } })
    const id = await make('Wardens', amira)
    expect(await groupsOf(amira)).toEqual(['Night shift', 'Wardens'])
    await rig.scim('PUT', `/Groups/${id}`, { displayName: 'Wardens', members: [{ value: ben }] })
    expect([await groupsOf(amira), await groupsOf(ben)]).toEqual([['Night shift'], ['Wardens']])
  })

  it('takes nobody out when it is emptied or deleted', async () => {
    const id = await make('Wardens', amira, ben)
    await rig.scim('PUT', `/Groups/${id}`, { displayName: 'Wardens', members: [] })
    await rig.scim('DELETE', `/Groups/${id}`)
    expect(await rig.deps.store.people.all()).toHaveLength(2)
  })

  it('is found by name, by id and by who is in it', async () => {
    const wardens = await make('Wardens', amira)
    await make('Medics', ben)
    const find = async (filter: string, more = '') =>
      (await rig.scim('GET', `/Groups?filter=${encodeURIComponent(filter)}${more}`)).body
    for (const filter of [
      'displayName eq "wardens"',
      `id eq "${wardens}" and members eq "${amira}"`,
      `members[value eq "${amira}"]`,
      `members.value eq "${amira}" and not (displayName sw "M")`,
    ]) {
      expect([filter, (await find(filter)).Resources.map(({ id }) => id)]).toEqual([filter, [wardens]])
    }
    expect((await find(`id eq "${wardens}" and members eq "${ben}"`)).totalResults).toBe(0)
    const [bare] = (await find('displayName eq "Wardens"', '&excludedAttributes=members')).Resources
    expect(bare).toMatchObject({ id: wardens, displayName: 'Wardens' })
    expect(bare?.members).toBeUndefined()
    const one = await rig.scim('GET', `/Groups/${wardens}?excludedAttributes=members`)
    expect(one.body.members).toBeUndefined()
  })

  it('waits under its present name for somebody who was deactivated and comes back', async () => {
    const id = await make('Wardens', amira)
    const turn = (value: boolean) =>
      rig.scim('PATCH', `/Users/${amira}`, patch({ op: 'replace', path: 'active', value }))
    await turn(false)
    await rig.scim('PATCH', `/Groups/${id}`, patch({ op: 'replace', path: 'displayName', value: 'Marshals' }))
    await turn(true)
    expect(await groupsOf(amira)).toContain('Marshals')
  })

  it('keeps both changes when two requests change it at the same moment', async () => {
    const id = await make('Wardens')
    const add = (value: string) => patch({ op: 'add', path: 'members', value: [{ value }] })
    await Promise.all([amira, ben].map((value) => rig.scim('PATCH', `/Groups/${id}`, add(value))))
    expect([await groupsOf(amira), await groupsOf(ben)]).toEqual([['Wardens'], ['Wardens']])
  })
})
