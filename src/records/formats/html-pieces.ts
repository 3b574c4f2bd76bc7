/**
 * Reads HTML as it arrives, down to a limit of nesting: the parser's work for a tag grows with the tags that are open.
 */
import { Parser } from 'htmlparser2';

export interface TagSink {
  open(name: string, attributes: Record<string, string>): void;
  text(text: string): void;
  close(name: string): void;
  /** More tags are nested than the limit: they are forgotten, and reading continues after them. */
  tooDeep(): void;
}

/** Tags that may be nested; Google's pages have less than 20, and a folder of bookmarks adds three. */
export const deepestTag = 512;
/** Characters after which the depth is checked: fewer than 350 more tags can have been opened by then. */
const pieceLength = 1_024;

export class HtmlPieces {
  /** Characters read, and open tags that were looked at for each tag. */
  steps = 0;
  private depth = 0;
  private readonly parser: Parser;

  constructor(private readonly sink: TagSink) {
    this.parser = new Parser({
      onopentag: (name, attributes) => {
        this.depth += 1;
        this.steps += this.depth;
        sink.open(name, attributes);
      },
      ontext: (text) => sink.text(text),
      onclosetag: (name) => {
        this.steps += this.depth;
        this.depth -= 1;
        sink.close(name);
      },
    });
  }

  write(text: string): void {
    for (let at = 0; at < text.length; at += pieceLength) {
      const piece = text.slice(at, at + pieceLength);
      this.steps += piece.length;
      this.parser.write(piece);
      if (this.depth <= deepestTag) continue;
      this.parser.reset();
      this.depth = 0;
      this.sink.tooDeep();
    }
  }
}
