/** The ways in which a message can travel by machine. */
export const CHANNELS = ['push', 'sms', 'voice', 'email', 'webhook'] as const
export type Channel = (typeof CHANNELS)[number]
