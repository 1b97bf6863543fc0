import { useEffect } from 'react';
import { Button } from '#src/ui/Button.tsx';
import { Look } from './App.tsx';
import { BrowserNeedError } from './browser-needs.ts';
import { MessagePage } from './MessagePage.tsx';

const NEXT: Readonly<Record<BrowserNeedError['kind'] | 'other', string>> = {
  insecure:
    'This address begins with http, over which browsers allow no sign-in. Open it with https. If that does not work, tell whoever looks after Chairside in your clinic.',
  'no-storage':
    'The browser does not let this page keep anything, so nobody can sign in. Allow cookies and site data for this address, then load the page again.',
  other:
    'A part of it could not be loaded. Check the network, then load the page again. If it happens again, tell whoever looks after Chairside in your clinic.',
};

/** Why there is nothing else to see: in plain words, since whoever reads it came to work. */
export function StartErrorPage({ error }: { readonly error: unknown }) {
  const kind = error instanceof BrowserNeedError ? error.kind : 'other';
  useEffect(() => {
    document.title = 'Could not start · Chairside';
  }, []);
  return (
    <Look>
      <MessagePage title="Chairside could not start">
        <p>{NEXT[kind]}</p>
        {kind !== 'insecure' && (
          <span>
            <Button onClick={() => window.location.reload()}>Load the page again</Button>
          </span>
        )}
      </MessagePage>
    </Look>
  );
}
