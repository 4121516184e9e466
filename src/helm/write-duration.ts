import { Duration } from 'cdk8s';

/** Writes a duration of a field, as the object that holds it does. */
export type WriteDuration = (field: string, duration: Duration | undefined) => string | undefined;
