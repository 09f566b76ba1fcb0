/** What this device keeps: answers on their way, and the last seen state of a few screens. */
type Store = 'answers' | 'snapshots'

let opening: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('tocsin', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('answers', { keyPath: 'key', autoIncrement: true })
      request.result.createObjectStore('snapshots', { keyPath: 'key' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  opening.catch(() => {
    opening = null
  })
  return opening
}

/** Runs one request on one store. Rejects where the browser keeps nothing, as in some private windows. */
export async function onStore<T>(
  store: Store,
  mode: IDBTransactionMode,
  act: (objects: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode)
    const request = act(transaction.objectStore(store))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
  })
}
