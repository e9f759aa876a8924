import { Charge, Outcome } from '@app/contracts';
import { z } from 'zod';
import { FACE_TEXT_FIELDS, ITEM_FIELDS } from '../face';
import { isReservedPath } from './reserved-path';

/** Where something stands in a reply: names of objects and numbers of lists, such as `result.list.0.code`. */
const Path = z
  .string()
  .regex(/^[\w\p{Script=Han}-]{1,64}(\.[\w\p{Script=Han}-]{1,64}){0,5}$/u, 'must be a path such as result.code')
  .refine((path) => !isReservedPath(path), 'is a reserved name');

/** Exact texts; a number counts as it is written, a boolean as `true` or `false`. */
const Texts = z.array(z.string().min(1).max(32)).min(1).max(16);

const disjoint = (a: readonly string[], b: readonly string[]): boolean => !a.some((text) => b.includes(text));

/** A flag as exact texts: anything else is "not known", and a person hears of it. */
const Flag = z.strictObject({ at: Path, yes: Texts, no: Texts }).refine(({ yes, no }) => disjoint(yes, no), 'has one text for yes and no');
export type Flag = z.infer<typeof Flag>;

const CodeRow = z.strictObject({ outcome: Outcome, charge: Charge, message: z.string().max(200).default('') });

const Rows = z.strictObject({ at: Path, fields: z.partialRecord(z.enum(ITEM_FIELDS), Path) });
export type Rows = z.infer<typeof Rows>;

/** How a reply is read. What is not described is not given: a flag that nobody described is null, never "no". */
export const ReplyDescription = z.strictObject({
  code: Path,
  message: Path.optional(),
  taskNumber: Path.optional(),
  /** Whether this call is billed, believed over the code table. */
  charge: z
    .strictObject({ at: Path, charged: Texts, notCharged: Texts })
    .refine(({ charged, notCharged }) => disjoint(charged, notCharged), 'has one text for charged and not charged')
    .optional(),
  codes: z
    .record(z.string().min(1).max(32), CodeRow)
    .refine((codes) => Object.keys(codes).length <= 500, 'must be at most 500')
    .refine((codes) => Object.values(codes).some(({ outcome }) => outcome === 'MATCH'), 'must hold a code for MATCH'),
  /** The bill; all paths below start here. Without it they start at the reply itself. */
  data: Path.optional(),
  face: z.partialRecord(z.enum(FACE_TEXT_FIELDS), Path),
  flags: z.strictObject({ reversed: Flag, accounted: Flag, printed: Flag }).partial().default({}),
  verificationCount: Path.optional(),
  items: Rows.optional(),
  itemDetails: Rows.optional(),
  otherInfo: z.strictObject({ at: Path, cn: Path, en: Path, value: Path }).partial({ cn: true, en: true }).optional(),
});
export type ReplyDescription = z.infer<typeof ReplyDescription>;
