/** Answers that were given a short while ago, given again as they were: some servers do so to spare themselves. */
export interface RecentSearches {
  /** What `work` gives, or what it gave for the same key while that is recent and the client does not mind. */
  answer<T>(key: string, fresh: boolean, work: () => T): T;
}

/** `now` in milliseconds; 0 seconds: nothing is kept. */
export function recentSearches(seconds: number, now: () => number): RecentSearches {
  const kept = new Map<string, { readonly until: number; readonly text: string }>();
  return {
    answer<T>(key: string, fresh: boolean, work: () => T): T {
      if (seconds === 0) return work();
      const known = kept.get(key);
      if (known !== undefined && !fresh && known.until > now()) return JSON.parse(known.text);
      const answer = work();
      kept.set(key, { until: now() + seconds * 1000, text: JSON.stringify(answer) });
      return answer;
    },
  };
}
