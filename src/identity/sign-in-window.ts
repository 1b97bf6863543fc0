/**
 * The windows through which a sign-in service answers: this one, a hidden frame, a popup. Frame and popup end at
 * silent-callback.html, which sends its address over a channel named after the request.
 */
import { SignInError } from './sign-in-provider.ts';

export interface SignInPopup {
  /** Goes to `url` and gives the address at which the sign-in service returns. */
  answer(url: string, state: string): Promise<string>;
  close(): void;
}

export interface SignInWindows {
  leave(url: string): void;
  /** Gives the address at which the service returns, without showing anything. */
  frame(url: string, state: string, timeoutMs: number): Promise<string>;
  /** Undefined where the browser opens none. Its answer is given up when `end` is aborted. */
  popup(end: AbortSignal): SignInPopup | undefined;
}

/** The same name is in silent-callback.ts, which imports nothing so that it stays one tiny file. */
const CHANNEL = 'chairside-sign-in-';

/** The windows of the browser. */
export function browserWindows(): SignInWindows {
  let latestPopup: AbortController | undefined;
  return {
    leave: (url) => window.location.assign(url),

    async frame(url, state, timeoutMs) {
      const frame = document.createElement('iframe');
      frame.hidden = true;
      frame.title = 'Sign-in';
      const answer = answerOn(
        state,
        AbortSignal.timeout(timeoutMs),
        'no-answer',
        'The sign-in service did not answer. If this lasts, reload the page to sign in anew',
      );
      frame.src = url;
      document.body.append(frame);
      try {
        return await answer;
      } finally {
        frame.remove();
      }
    },

    popup(end) {
      // A provider may cut the tie to its opener, so a window that looks closed may be in use: only the next
      // attempt ends this one.
      latestPopup?.abort();
      const attempt = new AbortController();
      latestPopup = attempt;
      const popup = window.open('about:blank', 'chairside-sign-in', 'popup,width=480,height=680');
      if (popup === null) return undefined;
      return {
        answer(url, state) {
          const ends = AbortSignal.any([attempt.signal, end]);
          const answer = answerOn(state, ends, 'abandoned', 'Nobody waits for this sign-in any more');
          if (ends.aborted) return answer;
          popup.location.replace(url);
          popup.focus();
          return answer;
        },
        close: () => popup.close(),
      };
    },
  };
}

/** The first text on the channel of a request. */
export function answerOn(
  state: string,
  end: AbortSignal,
  kind: 'no-answer' | 'abandoned',
  sentence: string,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const channel = new BroadcastChannel(CHANNEL + state);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') resolve(data);
  };
  const give = () => reject(new SignInError(kind, sentence));
  end.addEventListener('abort', give, { once: true });
  if (end.aborted) give();
  return promise.finally(() => {
    channel.close();
    end.removeEventListener('abort', give);
  });
}
