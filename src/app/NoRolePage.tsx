import { useClinic } from '#src/config/clinic.ts';
import { useIdentity } from '#src/identity/identity-context.ts';
import type { SignedInPerson } from '#src/identity/person.ts';
import { Button } from '#src/ui/Button.tsx';
import { MessagePage } from './MessagePage.tsx';

/** Somebody who signed in, but whom the clinic gave no role: reads nothing, and is told whom to ask. */
export function NoRolePage({ person }: { readonly person: SignedInPerson }) {
  const { config } = useClinic();
  const identity = useIdentity();
  return (
    <MessagePage clinicName={config.clinic.name} title="No role in this clinic">
      <p>
        You are signed in as <strong>{person.name}</strong>, but the clinic has given this account no role, so
        it shows you no records. Ask {config.identity.contact} for one, then sign in again.
      </p>
      <span>
        <Button onClick={() => void identity.signOut()}>Sign out</Button>
      </span>
    </MessagePage>
  );
}
