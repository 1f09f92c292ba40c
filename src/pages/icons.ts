function line(path: string): string {
  return `<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"/></svg>`;
}

/** Of the one who has no letter: also on the icon of the tab. */
export const KEYHOLE = 'M12 4a5 5 0 0 0-2.3 9.44L8.5 20h7l-1.2-6.56A5 5 0 0 0 12 4Z';

/** Ours: the providers' marks are with the providers. */
export const icons = {
  app: line('M5 4h14v16H5zM5 8h14'),
  check: line('m5 12.5 4.5 4.5L19 7.5'),
  clock: line('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2'),
  cross: line('M6 6l12 12M18 6 6 18'),
  down: line('m6 9 6 6 6-6'),
  flask: line('M9 3h6M10 3v6l-5.2 9a2 2 0 0 0 1.7 3h11a2 2 0 0 0 1.7-3L14 9V3M7.5 15h9'),
  info: line('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5M12 8v.01'),
  keyhole: `<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path fill="currentColor" d="${KEYHOLE}"/></svg>`,
  laptop: line('M5.5 5h13A1.5 1.5 0 0 1 20 6.5V16H4V6.5A1.5 1.5 0 0 1 5.5 5ZM2 19.5h20'),
  phone: line('M9 3h6a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2ZM11 18h2'),
  search: line('M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M16 16l4 4'),
  shield: line('M12 3 5 6v5c0 4.5 2.9 8.3 7 10 4.1-1.7 7-5.5 7-10V6l-7-3Z'),
  warning: line('M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17v.01'),
} as const;
