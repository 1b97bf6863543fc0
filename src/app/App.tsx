import { StrictMode, type ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { ClinicProvider } from '#src/config/clinic.ts';
import { IdentityContext, useIdentityState } from '#src/identity/identity-context.ts';
import { theme } from '#src/ui/theme.ts';
import { LateSignInPage } from './LateSignInPage.tsx';
import { NoRolePage } from './NoRolePage.tsx';
import { SignedInPages } from './SignedInPages.tsx';
import type { Application } from './start.ts';
import styles from './App.module.css';

/** Look, cache, clinic and identity around whatever is on screen. */
export function App({ application }: { readonly application: Application }) {
  const { clinic, identity, queryClient } = application;
  return (
    <StrictMode>
      <Look>
        <QueryClientProvider client={queryClient}>
          <ClinicProvider value={clinic}>
            <IdentityContext value={identity}>
              <Gate application={application} />
            </IdentityContext>
          </ClinicProvider>
        </QueryClientProvider>
      </Look>
    </StrictMode>
  );
}

/** Tokens and theme alone. Mantine writes no style tags: base.css holds what it would write. */
export function Look({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}

/** Nobody sees a page of the clinic without having signed in and having a role. */
function Gate({ application: { router } }: { readonly application: Application }) {
  const state = useIdentityState();
  switch (state.kind) {
    case 'starting':
      return (
        <p className={styles.starting} role="status">
          Signing in…
        </p>
      );
    case 'signed-out':
    case 'failed':
      return <LateSignInPage state={state} />;
    case 'signed-in':
    case 'expired':
    case 'locked':
      if (state.person.role === undefined) return <NoRolePage person={state.person} />;
      // Another person's page, or another role's, begins anew: what its components hold goes with them.
      return (
        <SignedInPages key={`${state.person.subject} ${state.person.role}`} router={router} state={state} />
      );
  }
}
