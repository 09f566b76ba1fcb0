/** What edits make of a tree: the app shows by it, before anything is saved, what the service will do. */
export { editTree, type TreeEdit } from '../domain/trees/edit-tree.ts'
