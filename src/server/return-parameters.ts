/** The parameters with which the browser comes back to `returnUrl`. */
export const returnParameters = { session: 'portage_session', code: 'portage_code' } as const;
