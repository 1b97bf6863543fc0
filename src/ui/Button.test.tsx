import { useState } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderUi } from '#tests/support/browser-ui.ts';
import { Button } from './Button.tsx';

const REASON = 'The list is not here yet';

describe('a button that can do nothing', () => {
  test('is reachable by keyboard, and described by its reason', async () => {
    const screen = await renderUi(<Button disabledReason={REASON}>Export</Button>);
    const button = screen.getByRole('button', { name: 'Export' });
    await userEvent.tab();
    await expect.element(button).toHaveFocus();
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    await expect.element(button).toHaveAccessibleDescription(REASON);
    await expect.element(screen.getByText(REASON)).toBeVisible();
  });

  test('is described by a reason that stands beside it already, too', async () => {
    const screen = await renderUi(
      <Button disabledReason={REASON} reasonHidden>
        Export
      </Button>,
    );
    await expect.element(screen.getByRole('button')).toHaveAccessibleDescription(REASON);
    expect(screen.getByText(REASON).element().getBoundingClientRect().width).toBeLessThanOrEqual(1);
  });

  test('does nothing by mouse, Enter or Space', async () => {
    const onClick = vi.fn<() => void>();
    const screen = await renderUi(
      <Button onClick={onClick} disabledReason={REASON}>
        Export
      </Button>,
    );
    // Not waiting, as a person would not, until it is enabled.
    await screen.getByRole('button').click({ force: true });
    await userEvent.tab();
    await userEvent.keyboard('{Enter} ');
    expect(onClick).not.toHaveBeenCalled();
  });

  test('submits no form', async () => {
    const onSubmit = vi.fn<(event: { preventDefault: () => void }) => void>((event) =>
      event.preventDefault(),
    );
    await renderUi(
      <form onSubmit={onSubmit}>
        <Button type="submit" disabledReason="A name is missing">
          Save
        </Button>
      </form>,
    );
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(onSubmit).not.toHaveBeenCalled();
  });
});

describe('a button that works', () => {
  test('works by mouse, Enter and Space, and gives no reason', async () => {
    const onClick = vi.fn<() => void>();
    const screen = await renderUi(<Button onClick={onClick}>Retry</Button>);
    const button = screen.getByRole('button', { name: 'Retry' });
    await button.click();
    await userEvent.keyboard('{Enter} ');
    expect(onClick).toHaveBeenCalledTimes(3);
    await expect.element(button).not.toHaveAttribute('aria-disabled');
    await expect.element(button).not.toHaveAttribute('aria-describedby');
  });

  test('submits no form unless it is said to', async () => {
    const onSubmit = vi.fn<(event: { preventDefault: () => void }) => void>((event) =>
      event.preventDefault(),
    );
    const screen = await renderUi(
      <form onSubmit={onSubmit}>
        <Button>Close</Button>
        <Button type="submit">Save</Button>
      </form>,
    );
    await screen.getByRole('button', { name: 'Close' }).click();
    expect(onSubmit).not.toHaveBeenCalled();
    await screen.getByRole('button', { name: 'Save' }).click();
    expect(onSubmit).toHaveBeenCalledTimes(1);
  });
});

/** Its first click takes its purpose away, as those of "sign in" and of the last page do. */
function Once({ onClick, wide }: { readonly onClick: () => void; readonly wide?: boolean }) {
  const [done, setDone] = useState(false);
  return (
    <Button
      onClick={() => {
        onClick();
        setDone(true);
      }}
      wide={wide ?? false}
      reasonHidden
      disabledReason={done ? 'It is on its way' : undefined}
    >
      Send
    </Button>
  );
}

describe('a button whose click takes its purpose away', () => {
  test('works once, however fast it is clicked again', async () => {
    const onClick = vi.fn<() => void>();
    const screen = await renderUi(<Once onClick={onClick} />);
    await screen.getByRole('button').dblClick();
    expect(onClick).toHaveBeenCalledTimes(1);
  });

  test('keeps the focus', async () => {
    const screen = await renderUi(<Once onClick={() => {}} />);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('button')).toHaveAccessibleDescription('It is on its way');
    await expect.element(screen.getByRole('button')).toHaveFocus();
  });

  test('keeps its place and width', async () => {
    const screen = await renderUi(<Once wide onClick={() => {}} />);
    const button = screen.getByRole('button');
    const box = () => button.element().getBoundingClientRect().toJSON();
    const before: unknown = box();
    await button.click();
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    expect(box()).toEqual(before);
  });
});
