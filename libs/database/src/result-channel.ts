/** On this channel the database tells the id of each verification and receipt that came to its end, and nothing else of it. */
export const RESULT_CHANNEL = 'piaoyan_result';
