interface Navigation {
  readonly fromLocation?:
    | { readonly pathname: string; readonly state: { readonly __TSR_index: number } }
    | undefined;
  readonly toLocation: { readonly pathname: string; readonly state: { readonly __TSR_index: number } };
}

/**
 * Puts the focus where reading goes on after a change of page: on the link that one left by when going back, else on
 * the new page's heading. A change of filters is no change of page.
 */
export function focusAfterNavigation({ fromLocation, toLocation }: Navigation): void {
  if (fromLocation === undefined || fromLocation.pathname === toLocation.pathname) return;
  const back = toLocation.state.__TSR_index < fromLocation.state.__TSR_index;
  const links = back ? [...document.querySelectorAll<HTMLAnchorElement>('#content a')] : [];
  const left = links.find((link) => link.href.endsWith(fromLocation.pathname));
  const target = left ?? document.getElementById('page-title') ?? document.getElementById('content');
  // Scrolling is the router's: it restores the place that was left.
  target?.focus({ preventScroll: true });
}
