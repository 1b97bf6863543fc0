import { useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './Modal.module.css';

interface ModalProps {
  readonly label: string;
  readonly className?: string | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A dialog over the page that Escape or a click beside it closes; the focus goes back to where it was. What is marked
 * `data-autofocus` in it has the focus when it opens.
 */
export function Modal({ label, className = '', onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    // Closed before it goes, so that the browser gives the focus back.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`${styles.modal} ${className}`}
      aria-label={label}
      closedby="any"
      data-over-pages
      onClose={() => {
        if (dialog.current?.open !== true) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
