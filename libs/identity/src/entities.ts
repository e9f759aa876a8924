import { Department } from './departments/department.entity';
import { UserPassword } from './passwords/user-password.entity';
import { SignInPolicy } from './policy/sign-in-policy.entity';
import { RecoveryCode } from './second-factor/recovery-code.entity';
import { SecondFactor } from './second-factor/second-factor.entity';
import { UserSession } from './sessions/user-session.entity';
import { KnownPlace } from './sign-in/known-place.entity';
import { User } from './users/user.entity';

/** All tables of this room, for the data source of a process that uses it. */
export const IDENTITY_ENTITIES = [Department, User, UserPassword, SecondFactor, RecoveryCode, UserSession, KnownPlace, SignInPolicy];
