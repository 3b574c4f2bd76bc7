/**
 * The defects of the renewal page, the target of a reminder: an unknown link at Google, an error on a healthy grant.
 */
import { startTestPortage, type TestPortage } from '../support/portage';

const resources = ['myactivity.search'];
const projectNumber = '100000000001';

describe('the page on renewal', () => {
  let portage: TestPortage;

  beforeAll(async () => {
    portage = await startTestPortage({ worker: false, environment: { GOOGLE_PROJECT_NUMBER: projectNumber } });
  });
  afterAll(async () => {
    await portage.stop();
  });

  const open = async (userId: string, access: '30d' | '180d') => {
    const { browser, consentId = '' } = await portage.connect({ resources, userId, decision: { access } });
    const { renewal } = await portage.api.getConsent(consentId);
    const answer = await browser.get(renewal.url ?? '');
    return { renewal, status: answer.status, page: await answer.text() };
  };

  it('D34: leads to Google with the number of the project, which Google takes', async () => {
    const { renewal, status, page } = await open('user-1', '30d');
    expect(renewal.state).toBe('possible');
    expect(status).toBe(200);
    const link = `${portage.emulator.url}/connections/link?project_number=${projectNumber}`;
    expect(page).toContain(`href="${link}"`);
    expect((await fetch(link)).status).toBe(200);
    expect((await fetch(link.replace(projectNumber, 'my-project-id'))).status).toBeGreaterThanOrEqual(400);
  });

  it('D35: shows on day 1 of 180 days that there is nothing to do', async () => {
    const { renewal, status, page } = await open('user-2', '180d');
    expect(renewal).toMatchObject({ state: 'not_needed' });
    expect(status).toBe(200);
    expect(page).toContain('There is nothing to do yet');
    expect(page).not.toContain('/connections/link');
    expect(page).not.toMatch(/error/i);
  });
});
