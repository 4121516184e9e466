import { CONSTRUCT_METADATA_FILE } from './construct-metadata';
import { DELIVERY_MANIFEST_FILE } from '../manifest';

/**
 * While a synth writes, the list of all files that it or an earlier one may have left stands here and there is no
 * `delivery.json`: an interrupted synth is never published, and the next one still knows what to clear away.
 */
export const PENDING_FILE = `${DELIVERY_MANIFEST_FILE}.pending`;

/** What `delivery.json` is until it is whole. */
export const UNFINISHED_FILE = `${DELIVERY_MANIFEST_FILE}.tmp`;

/** What an app writes beside what it renders. */
export const OWN_FILES = [DELIVERY_MANIFEST_FILE, PENDING_FILE, UNFINISHED_FILE, CONSTRUCT_METADATA_FILE];
