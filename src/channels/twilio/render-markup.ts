import MessagingResponse from 'twilio/lib/twiml/MessagingResponse.js'
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js'
import type { CallbackReply, CallbackResponse, VoiceScript } from '../../application/ports/carrier.ts'
import { cleanText } from '../../domain/messages/clean-text.ts'
import { cutAtWord } from '../../domain/messages/cut-text.ts'
import { SMS_LIMIT } from '../../domain/messages/write-sms.ts'
import { type CallbackBase, callbackUrl } from './callback-url.ts'
import { voiceFor } from './voice-for.ts'

const PAUSE_SECONDS = 2
const WAIT_FOR_KEY_SECONDS = 8

function speak(into: Pick<VoiceResponse, 'say'>, say: VoiceScript['say']): void {
  for (const { text, language } of say) into.say(voiceFor(language), cleanText(text))
}

/**
 * One script as voice markup. All repetitions stand inside the one gather, so that a key counts at any moment; when none
 * comes the call ends, which bounds what a mailbox that was taken for a human hears.
 */
function renderScript(base: CallbackBase, { say, gather }: VoiceScript): string {
  const response = new VoiceResponse()
  if (gather === null) {
    speak(response, say)
  } else {
    const { turn, attemptId, repeat } = gather
    const asked = response.gather({
      input: ['dtmf'],
      numDigits: 1,
      // Otherwise the hash key, pressed alone, would end the call without a word.
      finishOnKey: '',
      timeout: WAIT_FOR_KEY_SECONDS,
      action: callbackUrl(base, 'voice', { turn, attempt: attemptId }),
      method: 'POST',
    })
    speak(asked, say)
    for (let times = 0; times < repeat; times++) {
      asked.pause({ length: PAUSE_SECONDS })
      speak(asked, say)
    }
  }
  response.hangup()
  return response.toString()
}

function renderText(text: string | null): string {
  const response = new MessagingResponse()
  const clean = text === null ? '' : cutAtWord(cleanText(text).trim(), SMS_LIMIT, '…')
  if (clean !== '') response.message(clean)
  return response.toString()
}

/** The answer to a callback as the provider's markup. */
export function renderReply(base: CallbackBase, reply: CallbackReply): CallbackResponse {
  const body = reply !== null && 'script' in reply ? renderScript(base, reply.script) : renderText(reply?.text ?? null)
  return { body, contentType: 'text/xml; charset=utf-8' }
}
