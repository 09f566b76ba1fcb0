/** The provider's error codes that this carrier can answer with, and the sentences that go with them. */
const KNOWN: Record<number, { status: number; message: string }> = {
  20001: { status: 400, message: 'Invalid parameter: %s' },
  20003: { status: 401, message: 'Authenticate' },
  20004: { status: 405, message: 'Method not allowed' },
  20404: { status: 404, message: 'The requested resource %s was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'An internal server error has occurred' },
  13227: { status: 400, message: "Geo Permission configuration is not permitting call to '%s'" },
  21201: { status: 400, message: "No 'To' number is specified" },
  21205: { status: 400, message: 'Url is not a valid URL: %s' },
  21210: { status: 400, message: 'The source phone number provided, %s, is not yet verified for your account.' },
  21211: { status: 400, message: "Invalid 'To' Phone Number: %s" },
  21212: { status: 400, message: "Invalid 'From' Number (caller ID): %s" },
  21213: { status: 400, message: "No 'From' number specified" },
  21217: { status: 400, message: 'Phone number does not appear to be valid: %s' },
  21218: { status: 400, message: 'Invalid ApplicationSid' },
  21220: { status: 400, message: 'Call is not in-progress. Cannot redirect.' },
  21266: { status: 400, message: "'To' and 'From' number cannot be the same: %s" },
  21408: {
    status: 400,
    message: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: %s",
  },
  21602: { status: 400, message: 'Message body is required.' },
  21603: { status: 400, message: "A 'From' phone number is required." },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21606: {
    status: 400,
    message: "The 'From' phone number %s is not a valid, message-capable phone number or short code for this account.",
  },
  21609: { status: 400, message: 'The StatusCallback URL %s is not a valid URL.' },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
  21614: { status: 400, message: "'To' number is not a valid mobile number: %s" },
  21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit.' },
  21705: { status: 400, message: 'The Messaging Service Sid %s is invalid.' },
}

/** Why a message that was taken did not arrive. */
export const DELIVERY_ERRORS: Record<number, string> = {
  21610: 'Attempt to send to unsubscribed recipient',
  30003: 'Unreachable destination handset',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
}

/** A refusal in the provider's words. */
export class ProviderError extends Error {
  readonly code: number
  readonly status: number

  constructor(code: number, subject = '') {
    const known = KNOWN[code] ?? { status: 400, message: 'Unknown error' }
    super(known.message.replace('%s', subject))
    this.code = code
    this.status = known.status
  }
}

/** The JSON body of a refusal, with its HTTP status, as the provider writes it. */
export function errorAnswer(error: ProviderError): Response {
  const body = {
    code: error.code,
    message: error.message,
    more_info: `https://www.twilio.com/docs/errors/${error.code}`,
    status: error.status,
  }
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (error.status === 401) headers['WWW-Authenticate'] = 'Basic realm="Twilio API"'
  return new Response(JSON.stringify(body), { status: error.status, headers })
}
