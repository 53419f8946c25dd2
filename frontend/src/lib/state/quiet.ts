/** Times of day as people write them, and how long a pause lasts. */

/** "9:05" and "09:05" as "09:05"; undefined for what is no time of day. Where the engine has no time field, it is typed. */
export function timeOfDay(words: string): string | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(words.trim());
  if (!match) return undefined;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  if (hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${match[2]}`;
}

/** The morning on which a pause "until tomorrow" ends. */
const MORNING = 8;

/** Minutes until eight in the morning of tomorrow. */
export function minutesUntilTomorrow(now: number): number {
  const today = new Date(now);
  const morning = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1, MORNING);
  return Math.ceil((morning.getTime() - now) / 60_000);
}
