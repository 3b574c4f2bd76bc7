/** The page that a user reads before Google's consent screen. */
import { resourceTitle } from '../../domain/resources';
import type { TakeoverReason } from '../../domain/states';
import { formatDay } from './format';
import { renderPage, type Branding } from './layout';

interface ConnectPage {
  readonly hostApp: string;
  readonly branding: Branding;
  /** How the app names the account that the data goes to. */
  readonly userLabel: string | undefined;
  readonly resources: readonly string[];
  /** The button sends a POST request to this path. */
  readonly startPath: string;
  /** Set for a renewal of a grant that ends at this time. */
  readonly renewal: { readonly until: Date } | undefined;
  /** The user's other active consents. */
  readonly earlier: readonly EarlierConsent[];
}

/** An active consent of the user that is not known to be one-time, at the time of a new connect session. */
export interface EarlierConsent {
  /** Whether Google has said that it is time-based. */
  readonly isTimeBased: boolean;
  /** The resources that are asked for again. */
  readonly shared: readonly string[];
  readonly since: Date;
  /** Why a new time-based consent takes them over; undefined when both consents remain active. */
  readonly because: TakeoverReason | undefined;
}

export function connectPage(page: ConnectPage): string {
  return page.renewal === undefined ? firstTime(page) : again(page, page.renewal.until);
}

function again({ hostApp, branding, userLabel, resources, startPath }: ConnectPage, until: Date): string {
  return renderPage({
    title: `Continue to share with ${hostApp}`,
    branding,
    children: (
      <div class="card">
        <h1>Continue to share your Google data with {hostApp}</h1>
        <p>
          You share the data below until {formatDay(until)}. To continue, allow it again at Google: leave every box
          ticked and choose 30 or 180 days. The new period starts today.
        </p>
        <Account hostApp={hostApp} userLabel={userLabel} />
        <Resources resources={resources} />
        <h2>What happens then</h2>
        <p>
          The daily exports continue without a change, and Portage keeps the data that it has already stored. If you
          untick something, or share only once, Portage treats that as a separate new permission, and your present
          permission does not change.
        </p>
        <Continue to={startPath} />
      </div>
    ),
  });
}

function firstTime(page: ConnectPage): string {
  return renderPage({
    title: `Connect Google with ${page.hostApp}`,
    branding: page.branding,
    children: (
      <div class="card">
        <h1>Import your Google data into {page.hostApp}</h1>
        <p>
          {page.hostApp} asks for a copy of the data below. You decide at Google: untick what you do not want to share,
          and choose whether to share once, for 30 days or for 180 days.
        </p>
        <Account hostApp={page.hostApp} userLabel={page.userLabel} />
        <h2>Data that the app asks for</h2>
        <Resources resources={page.resources} />
        {page.earlier.map((earlier) => (
          <Earlier key={earlier.since.toISOString()} hostApp={page.hostApp} {...earlier} />
        ))}
        <h2>What happens then</h2>
        <p>
          Google prepares an archive, which takes from minutes to days. Portage downloads it, checks that it is complete
          and stores it for {page.hostApp}. If you share once, Portage then ends the permission at Google. If you share
          for 30 or 180 days, Portage repeats this every day until the end. You can remove the permission at any time in
          your Google account.
        </p>
        <Continue to={page.startPath} />
      </div>
    ),
  });
}

/** The account at the app: a user who follows another person's link would send the data to that person. */
function Account({ hostApp, userLabel }: Pick<ConnectPage, 'hostApp' | 'userLabel'>) {
  if (userLabel === undefined) {
    return (
      <p>
        The data goes to the account at {hostApp} in which this was started. If you did not start it there yourself,
        close this page.
      </p>
    );
  }
  return (
    <p>
      The data goes to the account <strong>{userLabel}</strong> at {hostApp}. Not you? Close this page.
    </p>
  );
}

/** What happens to an earlier consent, and why: Google does not say which account the user chooses. */
function Earlier({ hostApp, isTimeBased, shared, since, because }: EarlierConsent & { hostApp: string }) {
  const [day, data] = [formatDay(since), shared.map(resourceTitle).join(', ')];
  const already = isTimeBased
    ? `Since ${day} you share ${data} with ${hostApp} every day.`
    : `On ${day} you allowed ${hostApp} to copy ${data}. Google has not yet said whether you allowed this once or every day.`;
  if (because === undefined) {
    return (
      <p>
        {already} That permission continues as it is, because {hostApp} treats it as one for another Google account.
        Choose at Google the account that you want to add. If you choose the same account again
        {isTimeBased ? '' : ' and both permissions are for every day'}, each of the two permissions gets the data every
        second day only, because Google exports once a day for each account.
      </p>
    );
  }
  return (
    <p>
      {already} If {isTimeBased ? '' : 'you allowed it every day, and '}you now choose 30 or 180 days, the new
      permission takes this data over, and the earlier one no longer exports it. {takeoverWords[because](hostApp)} If
      you now share once, the earlier permission continues.
    </p>
  );
}

const takeoverWords: Readonly<Record<TakeoverReason, (hostApp: string) => string>> = {
  replaces: (hostApp) => `${hostApp} asked for this, whichever Google account you choose.`,
  same_account_hint: (hostApp) =>
    `${hostApp} says that both are of the same Google account. Portage cannot see which account you choose, so the earlier exports stop even if you choose another account.`,
  no_account_hint: () =>
    'Portage cannot see which Google account you choose. If you choose another one than before, the daily exports of the earlier account stop, too.',
};

function Resources({ resources }: { resources: readonly string[] }) {
  return (
    <ul class="plain">
      {resources.map((resource) => (
        <li key={resource}>
          {resourceTitle(resource)} <code class="quiet">{resource}</code>
        </li>
      ))}
    </ul>
  );
}

function Continue({ to }: { to: string }) {
  return (
    <form method="post" action={to}>
      <button class="button" type="submit">
        Continue to Google
      </button>
    </form>
  );
}
