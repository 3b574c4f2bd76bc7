/** The frame of every page of the emulator: banner, card, plain styles for light and dark. */
import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { stylesheet } from './stylesheet';

export interface LayoutProps {
  title: string;
  /** A wide card, for tables. */
  wide?: boolean;
  children: ComponentChildren;
}

function Layout({ title, wide, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>{`${title} · Google emulator`}</title>
        <style dangerouslySetInnerHTML={{ __html: stylesheet }} />
      </head>
      <body>
        <p class="banner" role="note">
          <strong>Emulator</strong> This server imitates Google for development. It uses no real account.
        </p>
        <main class={wide === true ? 'card wide' : 'card'}>{children}</main>
      </body>
    </html>
  );
}

/** The page as markup, without a doctype. */
export function renderPage(props: LayoutProps): string {
  return render(<Layout {...props} />);
}
