import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ApiError } from '../../api/http.ts';
import { sessionQuery, setUp, setupQuery } from '../../api/session.ts';
import { Failure } from '../../components/State.tsx';
import { AccountCard, AccountForm, Field } from './AccountCard.tsx';
import styles from './account.module.css';

/** Makes the owner's account from the link of the first start. */
export function SetupPage() {
  const { token } = useParams({ from: '/setup/$token' });
  const client = useQueryClient();
  const navigate = useNavigate();
  const valid = useQuery(setupQuery(token));
  if (valid.error instanceof ApiError && valid.error.status === 404) {
    return (
      <AccountCard title="This link no longer works">
        <p className={styles.note}>
          A set-up link works once, for 30 minutes. Restart the server to get a new one, or <Link to="/login">sign in</Link>.
        </p>
      </AccountCard>
    );
  }
  if (valid.error) return <main><Failure error={valid.error} retry={() => void valid.refetch()} /></main>;
  if (!valid.data) return null;
  const submit = async ({ name = '', email = '', password = '' }: Record<string, string>) => {
    client.setQueryData(sessionQuery.queryKey, await setUp(token, { name, email, password }));
    await navigate({ to: '/' });
  };
  return (
    <AccountCard title="Make your account">
      <p className={styles.note}>You will own this server’s organisation and its first project.</p>
      <AccountForm action="Make account" submit={submit}>
        <Field label="Name" name="name" type="text" autoComplete="name" autoFocus />
        <Field label="Email" name="email" type="email" autoComplete="username" />
        <Field label="Password, at least 10 characters" name="password" type="password" autoComplete="new-password" minLength={10} />
      </AccountForm>
    </AccountCard>
  );
}
