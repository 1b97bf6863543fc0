import { useEffect } from 'react';
import type { ConfigError } from '#src/config/load-config.ts';
import { Look } from './App.tsx';
import { MessagePage } from './MessagePage.tsx';
import styles from './ConfigErrorPage.module.css';

const TITLES: Readonly<Record<ConfigError['kind'], string>> = {
  missing: 'The configuration is missing',
  unreachable: 'The configuration could not be loaded',
  'not-json': 'The configuration is not JSON',
  invalid: 'The configuration has mistakes',
};

const NEXT: Readonly<Record<ConfigError['kind'], string>> = {
  missing:
    'Put a file config.json beside index.html. config.example.json in the same folder shows what belongs into it.',
  unreachable: 'Check the network, then load this page again.',
  'not-json': 'Correct the file, then load this page again.',
  invalid: 'Correct the values below, then load this page again.',
};

/** What whoever installed Chairside has to put right before anybody can work. */
export function ConfigErrorPage({ error }: { readonly error: ConfigError }) {
  useEffect(() => {
    document.title = `${TITLES[error.kind]} · Chairside`;
  }, [error.kind]);
  return (
    <Look>
      <MessagePage title={TITLES[error.kind]}>
        <p>{NEXT[error.kind]}</p>
        <p className={styles.where}>
          {error.url}
          {error.kind !== 'invalid' && `: ${error.message}`}
        </p>
        {error.problems.length > 0 && (
          <table className={styles.problems}>
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">Value</th>
                <th scope="col">Allowed</th>
              </tr>
            </thead>
            <tbody>
              {error.problems.map(({ key, value, allowed }) => (
                <tr key={`${key} ${allowed}`}>
                  <th scope="row">{key || 'the file'}</th>
                  <td>{value}</td>
                  <td>{allowed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </MessagePage>
    </Look>
  );
}
