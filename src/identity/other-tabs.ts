/** The other tabs of this browser: who leaves in one leaves in all. */

export interface OtherTabs {
  /** Tells the other tabs that somebody signed out here. By subject: an id of the sign-in service, no name. */
  tellLeft(subject: string): void;
  onLeft(listener: (subject: string) => void): void;
}

/** The tabs of the same origin whose people come from the same sign-in service. */
export function otherTabs(issuer: string): OtherTabs {
  const channel = new BroadcastChannel(`chairside-left ${issuer}`);
  return {
    tellLeft: (subject) => channel.postMessage(subject),
    onLeft(listener) {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') listener(data);
      });
    },
  };
}
