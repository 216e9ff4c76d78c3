import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { sessionQuery, signIn, stateQuery } from '../../api/session.ts';
import { AccountCard, AccountForm, Field } from './AccountCard.tsx';
import styles from './account.module.css';

/** Signs in and goes on to where one wanted to go; only to addresses of this server. */
export function LoginPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const { to } = useSearch({ from: '/login' });
  const state = useQuery(stateQuery);
  const submit = async (fields: Record<string, string>) => {
    client.setQueryData(sessionQuery.queryKey, await signIn(fields['email'] ?? '', fields['password'] ?? ''));
    if (to !== undefined && /^\/(?![/\\])/.test(to)) router.history.push(to);
    else await navigate({ to: '/' });
  };
  return (
    <AccountCard title="Sign in">
      {state.data?.setupNeeded && (
        <p className={styles.note}>Nobody has an account yet. Open the set-up link that the server printed when it started.</p>
      )}
      <AccountForm action="Sign in" submit={submit}>
        <Field label="Email" name="email" type="email" autoComplete="username" autoFocus />
        <Field label="Password" name="password" type="password" autoComplete="current-password" />
      </AccountForm>
    </AccountCard>
  );
}
