import { TEMPLATES_COMMAND } from './command-line.ts'
import { formatNumber, plural } from './format.ts'
import { people } from './texts-people.ts'
import { removalTexts } from './texts-removals.ts'

/** The words of the pages on which people, trees and templates are prepared. */
export const prepareTexts = {
  removals: removalTexts,
  peopleScreen: {
    title: 'People',
    empty: 'No people yet',
    emptyBody: 'Bring them in from a spreadsheet: name, mobile, mail, and who reports to whom.',
    import: 'Import people',
    search: 'Search a name, group or number',
    count: (count: number) => people(count),
    noContact: 'No way to be reached',
    status: { unverified: 'not proven', verified: 'proven', failing: 'failing', gone: 'gone' } as Record<
      string,
      string
    >,
    lastProof: (when: string) => `last answer ${when}`,
    extension: (digits: string) => `ext. ${digits}`,
    mark: {
      not_valid: 'number looks unusual',
      repaired: 'number was repaired',
      landline: 'landline',
      mobile: 'mobile',
      opted_out: 'opted out',
    } as Record<string, string>,
  },
  importing: {
    title: 'Import people',
    intro:
      'A CSV file from any spreadsheet. Columns: name, mobile, phone, email, language, groups, duty, reports to, deputy.',
    choose: 'Choose a file',
    drop: 'or drop it here',
    tree: 'Name of a call tree (optional)',
    treeHint: 'With a name, a tree is built from “reports to” and saved under it.',
    look: 'Look before applying',
    reading: 'Reading the file…',
    applying: 'Applying…',
    preview: 'Nothing has been changed yet.',
    outcome: {
      created: 'new',
      changed: 'changed',
      unchanged: 'unchanged',
      review: 'to be looked at',
      refused: 'refused',
      missing: 'here, but not in the file',
    } as Record<string, string>,
    encoding: (name: string) => `Read as ${name}.`,
    unknown: (columns: string) => `Columns not used: ${columns}.`,
    line: (line: number) => `Row ${formatNumber(line)}`,
    rows: 'Rows',
    problemsOfTree: (name: string) => `The tree “${name}” cannot be built yet`,
    treeReady: (name: string, count: number, applied: boolean) =>
      `The tree “${name}” ${applied ? 'has' : 'will have'} ${people(count)}.`,
    apply: (count: number) => (count === 0 ? 'Apply' : `Apply to ${people(count)}`),
    applyWithout: (refused: number) => `Apply without the ${formatNumber(refused)} refused`,
    another: 'Choose another file',
    done: (created: number, changed: number) =>
      `Done: ${plural(created, 'person', 'people')} added, ${plural(changed, 'person', 'people')} changed.`,
    toPeople: 'See the people',
    nothing: 'The file changes nothing.',
  },
  treesScreen: {
    title: 'Trees',
    empty: 'No trees yet',
    emptyBody:
      'A tree says whom an alert reaches, and who stands in for whom. Import people with a tree name to make one.',
    version: (version: number) => `version ${formatNumber(version)}`,
    deputies: (names: string) => `deputies: ${names}`,
    nobody: 'unknown person',
  },
  templatesScreen: {
    title: 'Templates',
    empty: 'No templates yet',
    emptyBody: `Templates hold the prepared texts. They come from the command line: ${TEMPLATES_COMMAND}`,
    languages: 'Texts',
    plan: 'Plan',
    responses: 'Answers',
    needsHelp: 'needs help',
    lifetime: (span: string) => `Ends by itself after ${span} if nobody closes it.`,
    raise: 'Raise this',
  },
}
