/** The progress of an export and the findings of its verification, for the user. */
import type { Export } from '../../database/exports';
import { findingWords } from '../../domain/finding-words';

/** The page shows at most this many findings; the API returns all of them. */
const shownFindings = 5;

/** The findings of the verification; nothing for an archive without findings. */
export function Findings({ row }: { row: Pick<Export, 'findings'> }) {
  if (row.findings.length === 0) return null;
  const more = row.findings.length - shownFindings;
  return (
    <ul class="plain quiet">
      {row.findings.slice(0, shownFindings).map((finding, index) => (
        <li key={index}>{findingWords(finding)}</li>
      ))}
      {more > 0 ? <li>And {more} more.</li> : null}
    </ul>
  );
}

/** The number of stored bytes, with the total when it is known. */
export function Size({
  row,
}: {
  row: Pick<Export, 'state' | 'bytes' | 'bytesStored' | 'bytesTotal' | 'bytesPerSecond'>;
}) {
  if (row.state !== 'downloading' || row.bytesStored === null) {
    return <>{row.bytes === null ? '' : formatBytes(row.bytes)}</>;
  }
  return (
    <>
      {formatBytes(row.bytesStored)}
      {row.bytesTotal === null ? '' : ` of ${formatBytes(row.bytesTotal)}`}
      {row.bytesPerSecond === null || row.bytesPerSecond === 0 ? null : (
        <div class="quiet">{formatBytes(row.bytesPerSecond)} per second</div>
      )}
    </>
  );
}

/** The number of records that were read, new, changed, gone or unreadable. */
export function Records({ row }: { row: Pick<Export, 'state' | 'recordsState' | 'recordsCount' | 'recordsRead'> }) {
  const { state, recordsState, recordsCount, recordsRead } = row;
  if (recordsState === 'failed') return <div class="quiet">The entries could not be read; the archive is stored.</div>;
  if (recordsCount === null) {
    return state === 'reading' && recordsRead !== null ? <div class="quiet">{entries(recordsRead)} so far</div> : null;
  }
  const { read, new: fresh, changed, gone, problems } = recordsCount;
  const changes = [
    ...(fresh < read ? [`${fresh} new`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(gone !== null && gone > 0 ? [`${gone} gone`] : []),
    ...(problems > 0 ? [`${problems} that could not be read`] : []),
  ];
  return <div class="quiet">{[entries(read), ...changes].join(', ')}</div>;
}

const entries = (count: number) => (count === 1 ? '1 entry' : `${count} entries`);

/** The number of stored parts, and during a download also of its segments. */
export function Parts({
  row,
}: {
  row: Pick<Export, 'state' | 'partsTotal' | 'segmentsStored' | 'segmentsTotal'> & { readonly storedParts: number };
}) {
  if (row.partsTotal === null) return null;
  const { state, segmentsStored, segmentsTotal } = row;
  const showSegments = state === 'downloading' && segmentsStored !== null && segmentsTotal !== null;
  return (
    <>
      {row.storedParts} of {row.partsTotal}
      {showSegments ? (
        <div class="quiet">
          {segmentsStored} of {segmentsTotal} segments
        </div>
      ) : null}
    </>
  );
}

/** Formats a number of bytes with a binary unit and at most three digits. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power] ?? ''}`;
}
