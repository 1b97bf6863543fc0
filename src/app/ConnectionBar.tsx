import { CloudOff, WifiOff } from 'lucide-react';
import { useConnection } from './connection.ts';
import styles from './ConnectionBar.module.css';

const TEXT = {
  offline: [
    'Offline.',
    'What is on screen stays, but may have changed since. It is refreshed when the network is back.',
  ],
  unreachable: [
    'The clinic system cannot be reached.',
    'What is on screen stays. Trying again shows when it is back.',
  ],
} as const;

/** Says when what is on screen cannot be current. */
export function ConnectionBar() {
  const connection = useConnection();
  return (
    <div role="status">
      {connection !== 'connected' && (
        <p className={styles.bar}>
          {connection === 'offline' ? <WifiOff size={16} aria-hidden /> : <CloudOff size={16} aria-hidden />}
          <strong>{TEXT[connection][0]}</strong> {TEXT[connection][1]}
        </p>
      )}
    </div>
  );
}
