import { useEffect, useRef, useState } from 'react';
import { Download, X } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { useRecentPatients } from '#src/features/patients/recent-patients.ts';
import { explainFailure } from '#src/fhir/explain.ts';
import { useSignedIn } from '#src/identity/signed-in.ts';
import { clockHere } from '#src/lib/time.ts';
import { Button } from '#src/ui/Button.tsx';
import type { usePatientsList } from './use-patients-list.ts';
import styles from './ExportButton.module.css';

type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly rows: number }
  | { readonly kind: 'done'; readonly rows: number }
  | { readonly kind: 'failed'; readonly detail: string };

/** Writes the rows that are filtered, with the columns on screen, into a file. */
export function ExportButton({ list }: { readonly list: ReturnType<typeof usePatientsList> }) {
  const clinic = useClinic();
  const { role } = useSignedIn();
  const recent = useRecentPatients();
  const running = useRef<AbortController>(undefined);
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });
  // Nobody who has left the list waits for its file any more.
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    setProgress({ kind: 'running', rows: 0 });
    try {
      const { download, exportPatients } = await import('./patients-export.ts');
      const file = await exportPatients({
        clinic,
        role,
        search: list.search,
        typed: list.typed,
        recent,
        rows: list.local ? list.rows : undefined,
        onProgress: (rows) => setProgress({ kind: 'running', rows }),
        signal: controller.signal,
      });
      download(file);
      setProgress({ kind: 'done', rows: file.rows });
    } catch (error) {
      if (controller.signal.aborted) return setProgress({ kind: 'idle' });
      const { detail } = explainFailure(error, clockHere(clinic.now(), clinic.config.clinic.timeZone));
      setProgress({ kind: 'failed', detail });
    }
  };

  const rows = list.total;
  return (
    <span className={styles.export}>
      {progress.kind === 'running' && (
        <>
          <span>{progress.rows} rows so far</span>
          <Button icon={<X size={16} aria-hidden />} onClick={() => running.current?.abort()}>
            Stop the export
          </Button>
        </>
      )}
      {progress.kind === 'done' && (
        <span role="status">
          {progress.rows} {progress.rows === 1 ? 'row' : 'rows'} exported
        </span>
      )}
      {progress.kind === 'failed' && <span role="alert">No file was written. {progress.detail}</span>}
      <Button
        icon={<Download size={16} aria-hidden />}
        onClick={() => void start()}
        reasonHidden
        disabledReason={progress.kind === 'running' ? 'The export is running' : whyNoExport(list)}
      >
        Export {rows === undefined ? 'all' : rows} {rows === 1 ? 'row' : 'rows'}
      </Button>
    </span>
  );
}

function whyNoExport({ shown, total, busy, page }: ReturnType<typeof usePatientsList>): string | undefined {
  if (shown === undefined || busy) return 'The list is not here yet';
  if (total === 0 || (shown.length === 0 && total === undefined)) return 'There are no rows';
  return page?.tooMany === true ? 'More than 100 patients answer the search: narrow it first' : undefined;
}
