/** The life of one consent: find out what was granted, export every resource side by side, give the grant back. */
import {
  ChildWorkflowFailure,
  defineQuery,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';

import type { ErrorCode } from '../domain/errors';
import type { Policy } from '../domain/policy';
import type { AccessType, ConsentState, EndedConsentState } from '../domain/states';
import { exportWorkflow, exportWorkflowId, type ExportOutcome } from './export';
import {
  accessTypeAttribute,
  consentIdAttribute,
  consentStateAttribute,
  exportStateAttribute,
  resourceAttribute,
} from './search-attributes';
import { calls, failureCode } from './steps';

export interface ConsentInput {
  readonly consentId: string;
  /** The granted resources. */
  readonly resources: readonly string[];
  /** Epoch times; `endsAtMs` is null where Google did not tell the grant's end. */
  readonly grantedAtMs: number;
  readonly endsAtMs: number | null;
  readonly policy: Policy;
}

export interface ConsentResult {
  readonly state: EndedConsentState;
  readonly exports: readonly ExportOutcome[];
}

export interface ConsentStatus {
  readonly state: ConsentState;
  readonly accessType: AccessType | undefined;
  readonly exports: readonly ExportOutcome[];
}

export const consentStatusQuery = defineQuery<ConsentStatus>('status');

/** Beside the workflow it names: one workflow for each consent. */
export function consentWorkflowId(consentId: string): string {
  return `consent/${consentId}`;
}

export async function consentWorkflow(input: ConsentInput): Promise<ConsentResult> {
  const { consentId, policy, resources } = input;
  let state: ConsentState = 'active';
  let accessType: AccessType | undefined;
  const outcomes: ExportOutcome[] = [];
  setHandler(consentStatusQuery, () => ({ state, accessType, exports: outcomes }));
  setCurrentDetails(`Consent to ${resources.length} resources: asking Google for the access type.`);

  const end = async (ended: EndedConsentState, errorCode?: ErrorCode): Promise<ConsentResult> => {
    await calls(policy, Date.now() + policy.storeWithinMs, 'forget the tokens').endConsent({
      consentId,
      state: ended,
      ...(errorCode === undefined ? {} : { errorCode }),
    });
    state = ended;
    upsertSearchAttributes([{ key: consentStateAttribute, value: ended }]);
    setCurrentDetails(story(ended, outcomes));
    return { state: ended, exports: outcomes };
  };
  /** A grant that Google ended: at its own end it has expired, before that the user took it back. */
  const endedByGoogle = (): Promise<ConsentResult> =>
    end(input.endsAtMs !== null && Date.now() >= input.endsAtMs ? 'expired' : 'revoked', 'GRANT_ENDED');

  const startByMs = input.grantedAtMs + policy.startWithinMs;
  try {
    const access = await calls(policy, startByMs, 'ask for the access type').checkAccess({ consentId });
    accessType = access.accessType;
  } catch (error) {
    const code = failureCode(error, 'START_OVERDUE');
    return code === 'GRANT_ENDED' ? await endedByGoogle() : await end('failed', code);
  }
  upsertSearchAttributes([{ key: accessTypeAttribute, value: accessType }]);
  setCurrentDetails(`${accessType} consent: exporting ${resources.length} resources side by side.`);

  await Promise.all(
    resources.map(async (resource) => {
      const outcome = await exportResource(input, resource, startByMs);
      outcomes.push(outcome);
      setCurrentDetails(story(state, outcomes));
    }),
  );

  if (outcomes.some(({ errorCode }) => errorCode === 'GRANT_ENDED')) return await endedByGoogle();

  if (accessType === 'time_based') {
    setCurrentDetails(
      `${story(state, outcomes)}\n\nThe first exports are done. Repeating them daily follows in a later version.`,
    );
    // Without a known end there is nothing to wait for; the grant's end then shows at the next call.
    const endsAtMs = input.endsAtMs ?? Date.now() + policy.storeWithinMs;
    await sleep(Math.max(1_000, endsAtMs - Date.now()), { summary: 'the grant ends' });
    return await end('expired');
  }

  // A reset lets Google discard the archives. One that is not safe here keeps the grant as long as Google keeps it.
  const unsafe = outcomes.filter(({ verdict, errorCode }) => verdict === 'corrupt' || errorCode === 'UNEXPECTED');
  if (unsafe.length > 0) {
    const keptUntilMs = Math.max(...unsafe.map((outcome) => outcome.keptUntilMs));
    setCurrentDetails(
      `${story(state, outcomes)}\n\nThe grant is kept while Google still holds an archive that is not safe.`,
    );
    await sleep(Math.max(1_000, keptUntilMs - Date.now()), {
      summary: 'an archive that is not safe is still at Google',
    });
  }

  try {
    state = 'ending';
    await calls(policy, Date.now() + policy.storeWithinMs, 'give the grant back').resetAuthorization({ consentId });
  } catch (error) {
    // What was stored stays stored; a grant that could not be given back ends at Google by itself after 14 days.
    return await end('failed', failureCode(error, 'GOOGLE_UNAVAILABLE'));
  }
  const failed = outcomes.find((outcome) => outcome.state === 'failed');
  return failed === undefined ? await end('completed') : await end('failed', failed.errorCode ?? 'UNEXPECTED');
}

/** One child per resource; whatever happens to it is an outcome here, so that it neither delays nor ends the others. */
async function exportResource(input: ConsentInput, resource: string, startByMs: number): Promise<ExportOutcome> {
  const { consentId, policy } = input;
  try {
    return await executeChild(exportWorkflow, {
      workflowId: exportWorkflowId(consentId, resource),
      args: [{ consentId, resource, cycle: 1, startByMs, policy }],
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      staticSummary: `export of ${resource}`,
      typedSearchAttributes: [
        { key: consentIdAttribute, value: consentId },
        { key: resourceAttribute, value: resource },
        { key: exportStateAttribute, value: 'initiating' },
      ],
    });
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ChildWorkflowFailure)) throw error;
    return {
      resource,
      exportId: '',
      state: 'failed',
      verdict: null,
      errorCode: 'UNEXPECTED',
      parts: 0,
      bytes: 0,
      keptUntilMs: Date.now() + policy.storeWithinMs,
    };
  }
}

function story(state: ConsentState, outcomes: readonly ExportOutcome[]): string {
  const rows = outcomes.map(
    (outcome) => `| \`${outcome.resource}\` | ${outcome.state} | ${outcome.verdict ?? outcome.errorCode ?? ''} |`,
  );
  return [`Consent **${state}**`, '', '| resource | state | verdict |', '|---|---|---|', ...rows].join('\n');
}
