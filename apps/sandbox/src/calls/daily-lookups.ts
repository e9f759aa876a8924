/** Look-ups that both providers permit for one bill on one day. */
export const DAILY_LOOKUPS = 5;
