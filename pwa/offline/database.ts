/** What this device keeps: answers on their way, alerts of which it is not known whether they were raised, and the last seen state of a few screens. */
type Store = 'answers' | 'raises' | 'snapshots'

let opening: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('tocsin', 3)
    request.onupgradeneeded = ({ oldVersion }) => {
      const database = request.result
      if (oldVersion === 0) database.createObjectStore('answers', { keyPath: 'key', autoIncrement: true })
      // Snapshots have the shape of the version that took them, and are taken anew.
      if (oldVersion > 0) database.deleteObjectStore('snapshots')
      database.createObjectStore('snapshots', { keyPath: 'key' })
      if (oldVersion < 2) database.createObjectStore('raises', { keyPath: 'key' })
    }
    request.onsuccess = () => {
      // A page of a newer version must not wait for this one to be closed.
      request.result.onversionchange = () => {
        request.result.close()
        opening = null
      }
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('A page of an older version is open.'))
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
