import { errorCode } from './durable-file';

/** What is read of a file or folder; null when it does not exist. Whatever else fails is thrown. */
export async function ifThere<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
