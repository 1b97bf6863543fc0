/** The other tabs of this browser: who leaves or is locked out in one is so in all. */
import * as z from 'zod/mini';

const messageSchema = z.discriminatedUnion('about', [
  /** Somebody signed out, or gave way to another person. */
  z.object({ about: z.literal('left'), subject: z.string() }),
  z.object({
    about: z.literal('locked'),
    subject: z.string(),
    since: z.number(),
    reason: z.enum(['inactivity', 'asked']),
  }),
  /** Somebody opened the lock with credentials. */
  z.object({ about: z.literal('proved'), subject: z.string() }),
]);

/** By subject: an id of the sign-in service, no name. No token ever goes this way. */
export type TabMessage = z.output<typeof messageSchema>;

export interface OtherTabs {
  tell(message: TabMessage): void;
  onTold(listener: (message: TabMessage) => void): void;
}

/** The tabs of the same origin whose people come from the same sign-in service. */
export function otherTabs(issuer: string): OtherTabs {
  const channel = new BroadcastChannel(`chairside ${issuer}`);
  return {
    tell: (message) => channel.postMessage(message),
    onTold(listener) {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const message = messageSchema.safeParse(data);
        if (message.success) listener(message.data);
      });
    },
  };
}
