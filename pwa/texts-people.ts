import { plural } from './format.ts'

export const people = (count: number) => plural(count, 'person', 'people')
