/** The page of phones; what it shows is built by its script. */
export const PHONES_HTML =
  '<!doctype html><title>Phones</title><link rel="stylesheet" href="/phones/phones.css"><script src="/phones/phones.js" defer></script>'
