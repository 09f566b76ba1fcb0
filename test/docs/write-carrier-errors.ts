import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCarrierErrors } from './carrier-errors.ts'

writeFileSync(join(import.meta.dirname, '../../runbooks/carrier-errors.md'), writeCarrierErrors())
