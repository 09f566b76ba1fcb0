import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ownWords } from '../../../src/domain/acknowledgements/own-words.ts'
import { cleanBlock } from '../../../src/domain/messages/clean-text.ts'

const QUOTE = '\n> Northwind: Evacuate building A\n> Reply 1 = I am safe, 2 = I need help\n'

describe('what the writer of a mail added', () => {
  test.each([
    'On Mon, 1 Mar 2027 at 14:05, Northwind <alarm@example.org> wrote:',
    'On Monday, 1 March 2027 at 14:05, Northwind Emergency Service\n<alarm@example.org> wrote:',
    'Am 01.03.2027 um 15:05 schrieb Northwind <alarm@example.org>:',
    'Am Mo., 1. März 2027 um 15:05 Uhr schrieb Northwind <alarm@example.org>:',
    'Le lun. 1 mars 2027 à 15:05, Northwind <alarm@example.org> a écrit :',
    'El lun, 1 mar 2027 a las 15:05, Northwind (<alarm@example.org>) escribió:',
    'Il giorno lun 1 mar 2027 alle ore 15:05 Northwind <alarm@example.org> ha scritto:',
    'Op ma 1 mrt 2027 om 15:05 schreef Northwind <alarm@example.org>:',
    'pon., 1 mar 2027 o 15:05 Northwind <alarm@example.org> napisał(a):',
    'W dniu 1.03.2027 o 15:05, Northwind pisze:',
    '2027-03-01 15:05 GMT+01:00 Northwind <alarm@example.org>:',
    '-----Original Message-----',
    '-----Ursprüngliche Nachricht-----',
    '-------- Message d’origine --------'.replace('’', "'"),
    '________________________________\nFrom: Northwind <alarm@example.org>',
    'From: Northwind <alarm@example.org>\nSent: 01 March 2027 14:05\nTo: Amira Ward\nSubject: Northwind (4821)',
    'Von: Northwind\nGesendet: Montag, 1. März 2027\nAn: Ben Holt\nBetreff: Northwind (4821)',
    'De : Northwind <alarm@example.org>\nEnvoyé : lundi 1 mars 2027\nÀ : Chloé Petit\nObjet : Northwind',
    'De: Northwind\nEnviado el: lunes, 1 de marzo\nPara: Elena Ruiz\nAsunto: Northwind',
    'Da: Northwind\nInviato: lunedì 1 marzo 2027\nA: Dario Rossi\nOggetto: Northwind',
    'Van: Northwind\nVerzonden: maandag 1 maart 2027\nAan: Jan Smit\nOnderwerp: Northwind',
    'Od: Northwind\nWysłano: poniedziałek, 1 marca 2027\nDo: Ewa Lis\nTemat: Northwind',
  ])('ends above the quote that begins with %j', (line) => {
    expect(ownWords(`1\n\n${line}\n${QUOTE}`)).toBe('1')
    expect(ownWords(`Yes\nsecond line\n\n${line}\n${QUOTE.replaceAll('> ', '')}`)).toBe('Yes\nsecond line')
  })

  test.each([
    '-- \nAmira Ward\nHarbour master',
    'Best regards,\nAmira',
    'Mit freundlichen Grüßen\nAmira Ward',
    'VG',
    'Cordialement,\nAmira',
    'Un saludo,\nAmira',
    'Cordiali saluti\nAmira',
    'Met vriendelijke groet,\nAmira',
    'Pozdrawiam\nAmira',
    'Sent from my phone',
    'Von meinem Telefon gesendet',
    'Envoyé de mon téléphone',
  ])('ends above the signature %j', (signature) => {
    expect(ownWords(`1 4821\n\n${signature}${QUOTE}`)).toBe('1 4821')
  })

  it('keeps what stands between quoted lines and below them', () => {
    expect(ownWords('> Are you safe?\nNo\n> Where are you?\nOn floor 3')).toBe('No\nOn floor 3')
  })

  it('keeps a postscript, a long text below a greeting, and a greeting that is all there is', () => {
    expect(ownWords('1\nThanks\nAmira\nPS: the stairs are on fire')).toContain('on fire')
    expect(ownWords(`1\nRegards\n${'more\n'.repeat(9)}`)).toContain('more')
    expect(ownWords('Thanks')).toBe('Thanks')
  })

  it('keeps sentences that only resemble the line above a quote', () => {
    for (const text of ['On floor 3 with Ben', 'From: floor 3', 'I wrote: help', 'To: whom it concerns']) {
      expect(ownWords(text)).toBe(text)
    }
  })

  it('is found in any text and adds nothing to it', () => {
    const line = fc.constantFrom('1', '> x', 'Regards', '--', 'On x wrote:', 'From: a', 'Sent: b', 'To: c', '', 'stuck')
    fc.assert(
      fc.property(
        fc.array(fc.oneof(line, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 12 }),
        (lines) => {
          const text = lines.join('\n')
          const own = ownWords(text)
          for (const kept of own.split('\n')) expect(cleanBlock(text)).toContain(kept)
          expect(own.length).toBeLessThanOrEqual(text.length)
        },
      ),
    )
  })

  it('is found in no time in a text that is made to take long', () => {
    const started = performance.now()
    ownWords(`${'on wrote '.repeat(5_000)}\n`.repeat(3))
    ownWords('on wrote wrote wrote wrote wrote wrote wrote wrote wrote wrote\n'.repeat(800))
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
