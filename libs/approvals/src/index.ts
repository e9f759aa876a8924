export type { ActKind, ApprovedBy, DangerousAct } from './dangerous-act';
