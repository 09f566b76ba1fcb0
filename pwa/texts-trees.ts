import type { WeaknessList } from '../src/contract/trees.ts'
import { formatNumber, plural } from './format.ts'
import { people } from './texts-people.ts'

type Code = WeaknessList['items'][number]['code']
const changes = (count: number) => plural(count, 'change', 'changes')
const at = (parent: string | null) => (parent === null ? 'stands at the top' : `is called by ${parent}`)

/** The words of the editor of a tree. */
export const treeTexts = {
  intro: 'Choose a person to move them, name deputies, take them out or add people.',
  introLook: 'Choose a person to see who calls them and who stands in.',
  keys: 'Arrow keys move, right and left open and close, Enter chooses.',
  tree: (name: string) => `People in ${name}`,
  find: 'Find a person in this tree',
  found: (count: number) => (count === 0 ? 'Nobody here has that name.' : `${people(count)} found`),
  deputies: (names: string) => `deputies: ${names}`,
  gone: 'somebody who was taken out',
  changed: 'changed',
  unknown: 'There is no such tree',
  addTop: 'Add a person at the top',
  summary: (count: number, version: number) => `${people(count)}, version ${formatNumber(version)}`,
  place: {
    top: 'Stands at the top: the service contacts them itself.',
    calledBy: (name: string) => `Called by ${name}`,
    calls: (count: number, below: number) =>
      count === 0 ? 'Calls nobody' : `Calls ${people(count)}, ${people(below)} below in all`,
    deputies: 'Deputies',
    noDeputy: 'Nobody stands in for them.',
    move: 'Move',
    addDeputy: 'Add a deputy',
    dropDeputy: 'Remove',
    dropDeputyOf: (name: string) => `Remove the deputy ${name}`,
    below: 'Add a person below',
    out: 'Take out of the tree',
    person: 'Their details and history',
    toTop: 'Put at the top',
    moveTitle: (name: string) => `Who calls ${name}?`,
    deputyTitle: (name: string) => `Who stands in for ${name}?`,
    addTitle: (name: string | null) => (name === null ? 'Who is added at the top?' : `Who is added below ${name}?`),
    outTitle: (name: string) => `Take ${name} out of this tree?`,
    outAlone: (name: string) => `${name} calls nobody here. Alerts to this tree no longer reach ${name}.`,
    outBelow: (name: string, count: number, parent: string | null) =>
      `${plural(count, 'person whom', 'people whom')} ${name} calls ${count === 1 ? 'is' : 'are'} ${
        parent === null ? 'put at the top' : `called by ${parent} from then on`
      }. Alerts to this tree no longer reach ${name}.`,
    outKept: 'They stay in the list of people.',
    outYes: 'Take out',
    done: 'Done',
    search: 'Search a name',
    more: 'Type more of the name to narrow this down.',
    nobody: 'Nobody matches.',
    loading: 'Reading the list of people…',
  },
  step: {
    add: (name: string, parent: string | null) => `${name} is added and ${at(parent)}`,
    remove: (name: string, children: number, parent: string | null) =>
      children === 0
        ? `${name} is taken out`
        : `${name} is taken out; ${people(children)} below ${
            parent === null ? 'stand at the top' : `${children === 1 ? 'is' : 'are'} called by ${parent}`
          }`,
    move: (name: string, parent: string | null, was: string | null) =>
      `${name} ${at(parent)} (before: ${was ?? 'at the top'})`,
    addDeputy: (name: string, deputy: string) => `${deputy} becomes a deputy of ${name}`,
    removeDeputy: (name: string, deputy: string) => `${deputy} is no longer a deputy of ${name}`,
    already: 'is so already',
    refused: (reason: string) => `cannot be done: ${reason}`,
  },
  draft: {
    title: (count: number) => `${changes(count)} not saved yet`,
    save: (count: number) => `Save ${changes(count)}`,
    saving: 'Saving…',
    undo: 'Undo the last',
    discard: 'Discard all',
    discardTitle: (count: number) => `Discard ${changes(count)}?`,
    discardBody: 'The tree stays as it is saved.',
    leaveOut: 'Leave out what cannot be done',
    saved: (version: number) => `Saved as version ${formatNumber(version)}.`,
    noneLeft: 'All of your changes are in the saved tree already.',
  },
  conflict: {
    title: 'Somebody else saved this tree meanwhile',
    who: (version: number, by: string, when: string) =>
      `Version ${formatNumber(version)} was saved by ${by === '' ? 'somebody' : by}, ${when}.`,
    kept: (count: number) => `Your ${count === 1 ? 'change is' : `${changes(count)} are`} kept here and not saved.`,
    theirs: 'What they changed',
    look: 'Show the new version with my changes on it',
  },
  weak: {
    title: 'What is weak',
    lead: 'What would cost time, or people, on the day the trees are needed.',
    nothing: 'Nothing is weak',
    nothingBody: 'Everybody is in a tree, can be reached, and has somebody to stand in.',
    link: (count: number) => `What is weak: ${formatNumber(count)}`,
    serious: 'serious',
    minor: 'minor',
    in: (tree: string) => `in ${tree}`,
    done: (label: string) => `Done: ${label}.`,
    toPerson: (name: string) => `See ${name}`,
    busy: 'One moment…',
    unsaved: 'Save or discard your changes first: what is weak is told of the saved tree.',
    stale: 'Somebody else saved this tree meanwhile. This is how it stands now; try again.',
    code: {
      'tree.cycle': 'People who call each other in a loop',
      'tree.removed_person': 'Places of people who were taken out',
      'person.unreachable': 'People without a working contact point',
      'tree.single_point': 'Large branches that hang on one person',
      'tree.shared_address': 'Deputies with the same number',
      'tree.deputy_unreachable': 'Deputies whom nobody can reach',
      'tree.deputy_of_many': 'Deputies of too many at once',
      'tree.no_deputy': 'Callers without a deputy',
      'tree.span': 'People who call too many',
      'person.in_no_tree': 'People in no tree',
      'person.in_several_trees': 'People in several trees',
    } satisfies Record<Code, string>,
  },
  changes: {
    title: 'Changes since the last drill',
    none: 'Nothing has changed since.',
    between: (from: number, to: number) => `From version ${formatNumber(from)} to version ${formatNumber(to)}.`,
    joined: 'Joined',
    left: 'Left',
    moved: 'Moved',
    deputies: 'Other deputies',
    under: (parent: string | null) => (parent === null ? 'at the top' : `called by ${parent}`),
    from: (from: string, to: string) => `${from}, now ${to}`,
    nobody: 'no deputy',
  },
  versions: {
    title: 'Versions',
    version: (version: number) => `Version ${formatNumber(version)}`,
    now: 'as it is now',
    by: (when: string, by: string) => (by === '' ? when : `${when}, by ${by}`),
    compare: 'What changed since',
    compareOf: (version: number) => `What changed since version ${formatNumber(version)}`,
    back: 'Bring back',
    backOf: (version: number) => `Bring back version ${formatNumber(version)}`,
    backTitle: (version: number) => `Bring back version ${formatNumber(version)}?`,
    backBody: (count: number) =>
      `The tree becomes what it was then, with ${people(count)}. The present one stays in this list and can be brought back too. Running alerts keep the tree they began with.`,
    unsaved: 'Save or discard your changes first.',
  },
}
