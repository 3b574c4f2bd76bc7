/** The links of a Netscape bookmark file, each with its note and the names of the folders around it. */
import type { TagSink } from '../formats/html-pieces';
import { hasEncryptedNotice } from './chrome-encryption';

export interface Link {
  readonly attributes: Record<string, string>;
  title: string;
  /** The person's note about it. */
  note: string;
}

export interface LinkSink {
  /** @param folders names of the lists around; undefined where a list has none, as the outermost */
  link(link: Link, index: number, folders: readonly (string | undefined)[]): void;
  /** An item without a link or a heading, or folders nested too deep. */
  broken(index: number): void;
  /** A folder is not a record, so the person's note about it has no place. */
  noteOfFolder(): void;
}

/** Tags that follow a link and its note. */
const endsLink = new Set(['a', 'dt', 'dl', 'h3', 'hr']);
/** Folders within folders; deeper ones do not come from a browser. */
const maxFolders = 64;

export class LinkList implements TagSink {
  /** Number of the link that is being read. */
  index = 0;
  /** Links that have begun. */
  begun = 0;
  /** Whether Google wrote in place of links that they are encrypted. */
  isEncrypted = false;
  /** The end of the text between the links. */
  private between = '';
  private readonly folders: (string | undefined)[] = [];
  private heading: string | undefined;
  private pending: string | undefined;
  private link: Link | undefined;
  /** The target of the text that comes next. */
  private within: 'title' | 'note' | undefined;
  /** Lists that are open; -1 before the first one. */
  private lists = -1;
  /** Whether an item was met without its link or heading. */
  private isItemOpen = false;

  constructor(private readonly sink: LinkSink) {}

  open(name: string, attributes: Record<string, string>): void {
    // The note of a link follows it, so it ends with the next element.
    if (endsLink.has(name)) this.finish();
    if (name === 'a') {
      this.begun += 1;
      this.isItemOpen = false;
      this.link = { attributes, title: '', note: '' };
      this.within = 'title';
    } else if (name === 'h3') {
      this.isItemOpen = false;
      this.heading = '';
    } else if (name === 'dd') {
      if (this.link === undefined) this.sink.noteOfFolder();
      else this.within = 'note';
    } else if (name === 'dt') {
      this.endItem();
      this.isItemOpen = true;
    } else if (name === 'dl') this.openList();
  }

  text(text: string): void {
    if (this.link !== undefined && this.within !== undefined) this.link[this.within] += text;
    else if (this.heading !== undefined) this.heading += text;
    else {
      const all = this.between + text.replaceAll(/\s+/g, ' ');
      this.isEncrypted ||= hasEncryptedNotice(all);
      this.between = all.slice(-64);
    }
  }

  close(name: string): void {
    if (name === 'a') this.within = undefined;
    else if (name === 'h3') {
      this.pending = this.heading?.trim();
      this.heading = undefined;
    } else if (name === 'dl') {
      this.finish();
      this.endItem();
      this.folders.pop();
      this.lists -= 1;
    }
  }

  tooDeep(): void {
    this.sink.broken(this.index);
    this.link = undefined;
    this.heading = undefined;
    this.pending = undefined;
    this.folders.length = 0;
  }

  /** Ends the text. @returns whether it was cut within a list or a link */
  end(): boolean {
    // The sentence about encryption is in a page without lists.
    const isCut = this.within === 'title' || (this.lists !== 0 && !(this.isEncrypted && this.lists < 0));
    // The note of a link at which the file was cut may be incomplete.
    if (this.link !== undefined && this.within === 'note') this.link.note = '';
    if (this.within === 'title') this.link = undefined;
    this.finish();
    return isCut;
  }

  private openList(): void {
    this.endItem();
    this.lists = Math.max(this.lists, 0) + 1;
    if (this.pending !== undefined && this.folders.length >= maxFolders) this.sink.broken(this.index);
    else this.folders.push(this.pending);
    this.pending = undefined;
  }

  private finish(): void {
    this.within = undefined;
    if (this.link === undefined) return;
    this.sink.link(this.link, this.index, this.folders);
    this.link = undefined;
    this.index += 1;
  }

  private endItem(): void {
    if (this.isItemOpen) this.sink.broken(this.index);
    this.isItemOpen = false;
  }
}
