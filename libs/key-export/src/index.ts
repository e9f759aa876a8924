export { KeyExportAct } from './key-export.act';
export { KeyExportModule } from './key-export.module';
export { KeyExports } from './key-exports.service';
