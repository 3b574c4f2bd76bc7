/**
 * The search attributes by which operators filter in Temporal's Web UI. They are not encrypted, so ids, states and
 * times only.
 */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const consentIdAttribute = defineSearchAttributeKey('ConsentId', SearchAttributeType.KEYWORD);
export const resourceAttribute = defineSearchAttributeKey('Resource', SearchAttributeType.KEYWORD);
export const accessTypeAttribute = defineSearchAttributeKey('AccessType', SearchAttributeType.KEYWORD);
export const consentStateAttribute = defineSearchAttributeKey('ConsentState', SearchAttributeType.KEYWORD);
/** The phase of the export that is under way; between two exports, how the last one ended. */
export const exportStateAttribute = defineSearchAttributeKey('ExportState', SearchAttributeType.KEYWORD);
export const errorCodeAttribute = defineSearchAttributeKey('ErrorCode', SearchAttributeType.KEYWORD);
export const consentEndsAtAttribute = defineSearchAttributeKey('ConsentEndsAt', SearchAttributeType.DATETIME);

/** Name and type of each attribute; register them at Temporal's server before first use. */
export const searchAttributes: Readonly<Record<string, 'Keyword' | 'Datetime'>> = {
  [consentIdAttribute.name]: 'Keyword',
  [resourceAttribute.name]: 'Keyword',
  [accessTypeAttribute.name]: 'Keyword',
  [consentStateAttribute.name]: 'Keyword',
  [exportStateAttribute.name]: 'Keyword',
  [errorCodeAttribute.name]: 'Keyword',
  [consentEndsAtAttribute.name]: 'Datetime',
};
