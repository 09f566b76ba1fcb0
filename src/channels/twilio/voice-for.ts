import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js'

/** A language tag and a voice that speaks it: a pair that does not fit makes the provider say nothing at all. */
export type Voice = Required<Pick<VoiceResponse.SayAttributes, 'language' | 'voice'>>

const ENGLISH: Voice = { language: 'en-GB', voice: 'Polly.Amy' }

// https://www.twilio.com/docs/voice/twiml/say/text-speech
const VOICES: Record<string, Voice> = {
  ar: { language: 'arb', voice: 'Polly.Zeina' },
  cy: { language: 'cy-GB', voice: 'Polly.Gwyneth' },
  da: { language: 'da-DK', voice: 'Polly.Naja' },
  de: { language: 'de-DE', voice: 'Polly.Vicki' },
  en: ENGLISH,
  es: { language: 'es-ES', voice: 'Polly.Lucia' },
  fr: { language: 'fr-FR', voice: 'Polly.Lea' },
  is: { language: 'is-IS', voice: 'Polly.Dora' },
  it: { language: 'it-IT', voice: 'Polly.Bianca' },
  nb: { language: 'nb-NO', voice: 'Polly.Liv' },
  nl: { language: 'nl-NL', voice: 'Polly.Lotte' },
  no: { language: 'nb-NO', voice: 'Polly.Liv' },
  pl: { language: 'pl-PL', voice: 'Polly.Ewa' },
  pt: { language: 'pt-PT', voice: 'Polly.Ines' },
  ro: { language: 'ro-RO', voice: 'Polly.Carmen' },
  ru: { language: 'ru-RU', voice: 'Polly.Tatyana' },
  sv: { language: 'sv-SE', voice: 'Polly.Astrid' },
  tr: { language: 'tr-TR', voice: 'Polly.Filiz' },
}

/** The voice for one of our languages; British English where the provider has none here. */
export function voiceFor(language: string): Voice {
  return VOICES[language.toLowerCase().split(/[-_]/)[0] ?? ''] ?? ENGLISH
}
