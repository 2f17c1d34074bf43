// What of ProseMirror the newsroom's words editor uses. `npm run words` bundles it into
// src/communique/newsroom/static/newsroom/words/prosemirror/prosemirror.js; tests/newsroom/test_words_bundle.py holds
// the committed file against a fresh one.
export { baseKeymap, chainCommands, splitBlock, toggleMark } from "prosemirror-commands";
export { closeHistory, history, redo, undo } from "prosemirror-history";
export { InputRule, inputRules, textblockTypeInputRule } from "prosemirror-inputrules";
export { keymap } from "prosemirror-keymap";
export { DOMParser, DOMSerializer, Fragment, Schema, Slice } from "prosemirror-model";
export { EditorState, Plugin, PluginKey, Selection, TextSelection } from "prosemirror-state";
export {
  addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, tableEditing,
} from "prosemirror-tables";
export { canJoin } from "prosemirror-transform";
export { Decoration, DecorationSet, EditorView } from "prosemirror-view";
