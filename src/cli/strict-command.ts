import { Command, ParseOptionsResult } from 'commander';

/** A command whose options take no other option for their value: `--message --dry-run` would push. */
export class StrictCommand extends Command {
  public override createCommand(name?: string): Command {
    return new StrictCommand(name);
  }

  public override parseOptions(args: string[]): ParseOptionsResult {
    for (let i = 0; i < args.length && args[i] !== '--'; i++) {
      const option = this.options.find(({ short, long, required }) => required && [short, long].includes(args[i]));
      // The same words as commander's, where nothing follows.
      if (option && args[i + 1]?.startsWith('-')) {
        this.error(`error: option '${option.flags}' argument missing before '${args[i + 1]}'; a value that begins with '-' is given as ${option.long}=...`);
      }
      i += option ? 1 : 0;
    }
    return super.parseOptions(args);
  }
}
