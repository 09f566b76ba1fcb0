import { createPhoneCard } from './phone-card.ts'
import { startPhonesPage } from './start-phones-page.ts'

/**
 * The page's script is the source text of two self-contained functions: checked like all other code, and served without
 * a build step or a file system. Bundlers that keep names wrap functions in `__name`, which the browser then needs.
 */
export const PHONES_SCRIPT = `const __name = (target) => target;
(${startPhonesPage.toString()})(${createPhoneCard.toString()})
`
