const SHAPES = {
  bell: 'M12 3a2 2 0 0 1 2 2v.6A6 6 0 0 1 18 11v4l2 3H4l2-3v-4a6 6 0 0 1 4-5.4V5a2 2 0 0 1 2-2Zm-2 17h4a2 2 0 0 1-4 0Z',
  live: 'M12 2.5 23 21.5H1L12 2.5Zm-1.1 7 .35 6.2h1.5l.35-6.2h-2.2ZM12 17a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4Z',
  drill:
    'M12 4a8 8 0 1 1-7.4 5l-2-.3L5.8 4.4l3.7 4-2.6-.1A5.9 5.9 0 1 0 12 6V4Zm-3.2 5.6h3.4a2.9 2.9 0 0 1 0 5.8H8.8V9.6Zm1.9 1.6v2.6h1.3a1.3 1.3 0 0 0 0-2.6h-1.3Z',
  help: 'M12 2 22 12 12 22 2 12 12 2Zm-1.1 5.2.35 6.4h1.5l.35-6.4h-2.2ZM12 14.8a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6Z',
  check: 'm9.5 17.6-5-5 1.7-1.7 3.3 3.3 8.3-8.3 1.7 1.7-10 10Z',
  chevron: 'm9 5 7 7-7 7-1.6-1.6 5.4-5.4-5.4-5.4L9 5Z',
  back: 'm15 5-7 7 7 7 1.6-1.6-5.4-5.4 5.4-5.4L15 5Z',
  phone:
    'M6.5 3h3l1.6 4.4-2 1.6a12 12 0 0 0 5.9 5.9l1.6-2 4.4 1.6v3A2.5 2.5 0 0 1 18.3 20 15.8 15.8 0 0 1 4 5.5 2.5 2.5 0 0 1 6.5 3Z',
  home: 'M12 3 2.5 11H5v9h5.5v-6h3v6H19v-9h2.5L12 3Z',
  people:
    'M9 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.3c0-3.6 3-6.3 7.5-6.3s7.5 2.7 7.5 6.3H1.5ZM16 11.3a3.6 3.6 0 0 0 0-7.2l-.6.1a6 6 0 0 1 0 7l.6.1Zm2.5 8.5h4c0-3-2.1-5.4-5.4-6 1 1.5 1.4 3.5 1.4 6Z',
  tree: 'M9 3h6v5h-2v3h6v5h2v5h-6v-5h2v-3H7v3h2v5H3v-5h2v-5h6V8H9V3Z',
  template: 'M4 3h16v18H4V3Zm3 4v2h10V7H7Zm0 4v2h10v-2H7Zm0 4v2h6v-2H7Z',
  warning:
    'M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Zm-1.1 5 .35 6.7h1.5l.35-6.7h-2.2ZM12 15a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6Z',
  sound: 'M4 9v6h4l5 4.5v-15L8 9H4Zm12-1.5v9a5 5 0 0 0 0-9Z',
  mute: 'M4 9v6h4l5 4.5v-15L8 9H4Zm11.5.9 1.4-1.4 2.1 2.1 2.1-2.1 1.4 1.4-2.1 2.1 2.1 2.1-1.4 1.4-2.1-2.1-2.1 2.1-1.4-1.4 2.1-2.1-2.1-2.1Z',
} as const

export type IconName = keyof typeof SHAPES

/** A sign beside words; it is never the only bearer of a meaning. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path fill="currentColor" fill-rule="evenodd" d={SHAPES[name]} />
    </svg>
  )
}
