import { MantineProvider } from '@mantine/core';
import { createElement, StrictMode, type PropsWithChildren, type ReactNode } from 'react';
import { render, type RenderResult } from 'vitest-browser-react';
import { theme } from '#src/ui/theme.ts';

/** A component alone, in the application's look. */
export function renderUi(ui: ReactNode): Promise<RenderResult> {
  return render(ui, { wrapper: Look });
}

function Look({ children }: PropsWithChildren) {
  const options = { theme, withCssVariables: false, withGlobalClasses: false };
  return createElement(StrictMode, undefined, createElement(MantineProvider, options, children));
}
